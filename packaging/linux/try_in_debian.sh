#!/bin/sh
# Installs the built .deb into a clean Debian 12, and lets the app check itself there as an ordinary
# user, without a network; the archive, too, in a folder with an awkward name.
# It needs root, debootstrap and, for Debian's own packages, a network.
# usage: try_in_debian.sh FOLDER [MIRROR]     (where the Debian goes; one that is there is used again)
set -eu
root=$1
dist=$(cd "$(dirname "$0")/../../dist" && pwd)

[ -d "$root/usr" ] || debootstrap --variant=minbase bookworm "$root" ${2-}
for place in proc sys dev; do mount --rbind "/$place" "$root/$place"; done
trap 'for place in proc sys dev; do umount -l "$root/$place"; done' EXIT
for place in proc sys dev; do mount --make-rslave "$root/$place"; done

inside() {
    chroot "$root" "$@"
}
as_user() {
    unshare --net chroot --userspec=somebody:somebody "$root" env -i HOME=/home/somebody \
        LANG=C.UTF-8 PATH=/usr/bin:/bin "$@"
}

cp "$dist"/visage_*.deb "$root/tmp/visage.deb"
inside apt-get update -qq
DEBIAN_FRONTEND=noninteractive inside apt-get install -y -qq /tmp/visage.deb
inside id somebody 2>/dev/null || inside useradd --create-home somebody

echo "== libraries that are missing (none is good)"
inside sh -c 'find /usr/lib/visage -name "*.so*" -type f -o -name visage -type f |
    LD_LIBRARY_PATH=/usr/lib/visage/_internal xargs ldd 2>/dev/null | grep "not found" | sort -u' || true

echo "== the package, as an ordinary user without a network"
as_user visage self-check
if as_user touch /usr/lib/visage/written; then exit 1; fi

echo "== the archive, in a folder with an awkward name"
folder="$root/home/somebody/Ma démo ü"
rm -rf "$folder"
mkdir "$folder"
tar -xzf "$dist"/visage-*-linux-*.tar.gz -C "$folder" --no-same-owner
as_user sh -c 'exec "$HOME/Ma démo ü"/visage-*/visage self-check'

echo "== a model of the user's own"
models="$root/home/somebody/.local/share/Visage/models"
bundled=$(basename "$(ls -d "$root"/usr/lib/visage/_internal/models/*/card.json | head -1 | xargs dirname)")
mkdir -p "$models"
cp -r "$root/usr/lib/visage/_internal/models/$bundled" "$models/own"
sed -i "s/\"name\": \"$bundled\"/\"name\": \"own\"/" "$models/own/card.json"
inside chown -R somebody: /home/somebody
as_user visage models | grep -A1 "^own"
as_user env QT_QPA_PLATFORM=offscreen VISAGE_REPORT_TIMINGS=1 visage --source sample --model own \
    2>/dev/null

echo "== uninstalled; what the user made stays"
inside apt-get remove -y -qq visage
if [ -e "$root/usr/lib/visage" ]; then exit 1; fi
ls -d "$models/own"
