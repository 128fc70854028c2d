#!/usr/bin/env bash
# Runs the fast tests with other versions than the pinned ones: the oldest or the newest allowed.
# usage: packaging/try_versions.sh oldest|newest [--dry-run]
set -euo pipefail
cd "$(dirname "$0")/.."
case "${1:-}" in
    oldest) resolution=lowest-direct ;;
    newest) resolution=highest ;;
    *) echo "usage: $0 oldest|newest [--dry-run]" >&2; exit 2 ;;
esac
environment="build/environment-$1"
uv venv --quiet --clear --python 3.11 "$environment"
# Without a configuration uv does not know the pins.
uv pip install --no-config --python "$environment" --resolution "$resolution" ${2:-} \
    --editable ".[training,web,cluster]" --group test
[ "${2:-}" = --dry-run ] || "$environment/bin/python" -m pytest
