#!/usr/bin/env bash
# The source archive of a commit, the same bytes every time: chladni-VERSION.tar.gz in the current folder.
# Usage: packaging/make-source.sh [COMMIT]
set -euo pipefail
commit=${1:-HEAD}
root=$(cd "$(dirname "$0")/.." && pwd)
version=$(git -C "$root" show "$commit:CMakeLists.txt" | sed -nE 's/^project\(Chladni VERSION ([0-9.]+).*/\1/p')
git -C "$root" archive --format=tar --prefix="chladni-$version/" "$commit" | gzip -n -9 > "chladni-$version.tar.gz.part"
mv "chladni-$version.tar.gz.part" "chladni-$version.tar.gz"
sha256sum "chladni-$version.tar.gz"
