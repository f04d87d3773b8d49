#!/usr/bin/env bash
# Draws the icon files from icon.svg; the results are committed.
# Debian: apt-get install librsvg2-bin icoutils icnsutils
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for size in 16 24 32 48 64 128 256 512 1024; do
  rsvg-convert --width "$size" --height "$size" icon.svg --output "${size}x${size}.png"
done
icotool --create --output=icon.ico {16x16,24x24,32x32,48x48,64x64}.png --raw=256x256.png
png2icns icon.icns {16x16,32x32,48x48,128x128,256x256,512x512,1024x1024}.png
