#!/usr/bin/env bash
# Installs what is missing from packaging/debian-packages.txt for the groups named (build, test), after saying what.
# Works as root or with sudo, asks nothing. Usage: packaging/install-packages.sh build [test]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if ! command -v apt-get >/dev/null; then
  echo "error: this script installs Debian packages, but there is no apt-get here;" \
       "install the packages named in packaging/debian-packages.txt by other means and set CHLADNI_SKIP_INSTALL=1" >&2
  exit 1
fi

missing=()
for group in "$@"; do
  while read -r wanted package; do
    [ "$wanted" = "$group" ] || continue
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done < <(grep -v '^#' "$here/debian-packages.txt")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "Every package that Chladni needs is installed."
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "error: packages are missing (${missing[*]}) and there is neither root nor sudo; install them as root" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "About to install from Debian: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
