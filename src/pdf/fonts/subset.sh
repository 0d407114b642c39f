#!/bin/sh
# Makes the two fonts of this folder from BIZ UDGothic as it is published (OFL-1.1, no reserved name).
#
#   pip install fonttools==4.68.0
#   apt-get install fonts-morisawa-bizud-gothic     (Debian, 1.05)
#   src/pdf/fonts/subset.sh /usr/share/fonts/truetype/bizud-gothic
#
# Kept: all that CP932 can write, kanji to the third level of JIS X 0213 (with 塡 剝 頰 𠮟 of the
# table for daily use), Latin with accents, punctuation and symbols, kana, full width.
# Dropped: hinting, variants and vertical metrics, which print on A4 does not use. The records of
# name, copyright and licence stay. The same input gives the same bytes.
set -eu
from=${1:?folder with BIZUDGothic-Regular.ttf and BIZUDGothic-Bold.ttf}
here=$(cd "$(dirname "$0")" && pwd)
set_of=$(mktemp)
trap 'rm -f "$set_of"' EXIT
python3 - >"$set_of" <<'PY'
keep = set()
for high in range(256):
    for low in range(256):
        for raw in (bytes([low]), bytes([high, low])):
            try:
                keep.update(map(ord, raw.decode("cp932")))
            except UnicodeDecodeError:
                pass
for row in range(0xA1, 0xFF):
    for cell in range(0xA1, 0xFF):
        try:
            keep.update(map(ord, bytes([row, cell]).decode("euc_jis_2004")))
        except UnicodeDecodeError:
            pass
for first, last in ((0x20, 0x24F), (0x2000, 0x2BFF), (0x3000, 0x33FF), (0xFF00, 0xFFEF)):
    keep.update(range(first, last + 1))
print(",".join(f"U+{c:04X}" for c in sorted(keep) if c >= 0x20 and not 0xE000 <= c <= 0xF8FF))
PY
export SOURCE_DATE_EPOCH=1672531200
for weight in Regular Bold; do
    pyftsubset "$from/BIZUDGothic-$weight.ttf" --unicodes-file="$set_of" \
        --output-file="$here/BIZUDGothic-$weight.ttf" \
        --no-hinting --desubroutinize --drop-tables+=GSUB,GPOS,vhea,vmtx,VORG,DSIG,gasp \
        --layout-features='' --name-IDs='*' --notdef-outline --no-recalc-timestamp
done
