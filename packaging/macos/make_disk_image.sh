#!/bin/sh
# A disk image from which the app is dragged into Applications.
# usage: make_disk_image.sh Visage.app visage.dmg
set -eu
app=$1
image=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

cp -R "$app" "$stage/"
cp "$root/LICENSE" "$root/NOTICE" "$root/dist/visage/THIRD-PARTY" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -quiet -ov -format ULFO -volname Visage -srcfolder "$stage" "$image"
