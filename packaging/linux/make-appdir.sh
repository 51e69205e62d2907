#!/usr/bin/env bash
# An AppDir from an installed Chladni, and an AppImage of it where linuxdeploy or appimagetool is there.
# First: cmake --install build/release --prefix PREFIX. Then: packaging/linux/make-appdir.sh PREFIX [APPDIR]
# Without linuxdeploy the libraries and Qt's plugins are copied here; those that must be the system's own (the C and C++
# libraries, graphics, sound servers) are left out.
set -euo pipefail
prefix=$(realpath "$1")
appdir=$(realpath -m "${2:-Chladni.AppDir}")
id=org.chladni.Chladni
here='(ld-linux|libc|libm|libdl|librt|libpthread|libresolv|libutil|libstdc\+\+|libgcc_s|libGL|libGLX|libGLdispatch|libEGL|libOpenGL|libdrm|libgbm|libX11|libX11-xcb|libxcb|libasound|libpulse|libjack|libpipewire.*|libva.*|libvdpau)\.so'

[ -x "$prefix/bin/chladni" ] || { echo "error: $prefix/bin/chladni is missing; install with the window first" >&2; exit 1; }
[ ! -e "$appdir" ] || { echo "error: $appdir is there already; remove it first" >&2; exit 1; }
mkdir -p "$appdir/usr"
cp -a "$prefix/." "$appdir/usr/"
cp "$appdir/usr/share/applications/$id.desktop" "$appdir/"
cp "$appdir/usr/share/icons/hicolor/256x256/apps/$id.png" "$appdir/"
ln -s "$id.png" "$appdir/.DirIcon"
cat > "$appdir/AppRun" <<'RUN'
#!/bin/sh
# "chladni-cli" as the first word, or as the name that the AppImage is called by, starts the command line.
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/usr/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
case "${ARGV0:-}" in *chladni-cli) exec "$here/usr/bin/chladni-cli" "$@" ;; esac
if [ "${1:-}" = chladni-cli ]; then shift; exec "$here/usr/bin/chladni-cli" "$@"; fi
exec "$here/usr/bin/chladni" "$@"
RUN
chmod +x "$appdir/AppRun"

if command -v linuxdeploy >/dev/null; then
  linuxdeploy --appdir "$appdir" --plugin qt --desktop-file "$appdir/$id.desktop" --output appimage
  exit
fi
mkdir -p "$appdir/usr/lib" "$appdir/usr/plugins"
plugins=$(qmake6 -query QT_INSTALL_PLUGINS)
for kind in platforms imageformats iconengines multimedia platforminputcontexts wayland-shell-integration xcbglintegrations; do
  [ -d "$plugins/$kind" ] && cp -a "$plugins/$kind" "$appdir/usr/plugins/"
done
printf '[Paths]\nPrefix = ..\nPlugins = plugins\n' > "$appdir/usr/bin/qt.conf"
find "$appdir/usr/bin" "$appdir/usr/plugins" -type f \( -name "*.so*" -o -name "chladni*" \) -exec ldd {} \; 2>/dev/null | awk '/=> \//{print $3}' | sort -u | grep -vE "/$here" |
  while read -r library; do cp -Ln "$library" "$appdir/usr/lib/"; done
echo "$appdir: $(find "$appdir/usr/lib" -name '*.so*' | wc -l) libraries, $(du -sh "$appdir" | cut -f1)"
if command -v appimagetool >/dev/null; then
  appimagetool "$appdir"
else
  echo "Neither linuxdeploy nor appimagetool is here: $appdir/AppRun starts it as it is."
fi
