#!/usr/bin/env bash
# Smoke test of a Debian package on a clean Debian 12 as root: installs it, runs the main job of both programs on the
# bundled demo, checks what it put on the system, removes it again. Usage: packaging/test-package.sh chladni_X_amd64.deb
set -euo pipefail
package=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$package" >/dev/null
cd "$work"
export HOME=$work QT_QPA_PLATFORM=offscreen

demo=/usr/share/chladni/demo/ode_to_joy.mp4
chladni-cli --version
chladni-cli models list
for model in /usr/share/chladni/models/*; do chladni-cli models verify "$model"; done
chladni-cli classify "$demo" --json > predictions.json
grep -q '"clip"' predictions.json
chladni-cli attend "$demo" --at 6 --out attention.png
chladni --demo --at 6 --screenshot window.png
for made in attention.png window.png; do
  [ "$(head -c 4 "$made" | tail -c 3)" = PNG ] || { echo "error: $made is no picture" >&2; exit 1; }
done
for there in applications/org.chladni.Chladni.desktop metainfo/org.chladni.Chladni.metainfo.xml \
             mime/packages/org.chladni.Chladni.xml icons/hicolor/48x48/apps/org.chladni.Chladni.png \
             bash-completion/completions/chladni-cli; do
  [ -s "/usr/share/$there" ] || { echo "error: /usr/share/$there is missing" >&2; exit 1; }
done
apt-get purge -y -qq chladni >/dev/null
[ ! -e /usr/share/chladni ] || { echo "error: the package left files behind" >&2; exit 1; }
echo "The package installs, works and leaves cleanly."
