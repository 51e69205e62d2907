#!/usr/bin/env bash
# Brings the texts of the window into resources/translations/*.ts: new ones marked as unfinished, gone ones removed. Then
# translate them there (or with Qt Linguist); CTest translations fails while one is unfinished.
set -euo pipefail
cd "$(dirname "$0")/.."
lupdate=$(command -v /usr/lib/qt6/bin/lupdate || command -v lupdate6 || command -v lupdate)
"$lupdate" -silent -no-obsolete -locations none -I . ui widgets app/gui -ts resources/translations/*.ts
