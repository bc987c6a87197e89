#!/bin/bash
# Programs that print or convert: one PDF each into the folder given. Fonts: DejaVu.
set -euo pipefail
cd "$(dirname "$0")"
out=$1 work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$out/chromium-tagged.pdf" "file://$PWD/form.html"
wkhtmltopdf --quiet --no-outline form.html "$out/wkhtmltopdf.pdf" || true # Debian's build warns and exits 1 without a display

soffice --headless -env:UserInstallation="file://$work/profile" --convert-to odt --outdir "$work" form.html
for variant in "libreoffice:" "libreoffice-pdfa2b:SelectPdfVersion=2" ; do
  options=$(sed -n 's/.*:\(.*\)=\(.*\)/:{"\1":{"type":"long","value":"\2"}}/p' <<<"$variant")
  soffice --headless -env:UserInstallation="file://$work/profile" --convert-to "pdf:writer_pdf_Export$options" --outdir "$work" "$work/form.odt"
  mv "$work/form.pdf" "$out/${variant%%:*}.pdf"
done

{
  echo '<svg xmlns="http://www.w3.org/2000/svg" width="595" height="842"><g font-family="DejaVu Serif" font-size="11">'
  awk '{ printf "<text x=\"50\" y=\"%d\">%s</text>\n", 60 + 24 * NR, $0 }' form.txt
  echo '</g></svg>'
} > "$work/form.svg"
rsvg-convert --format pdf --output "$out/cairo.pdf" "$work/form.svg"

{
  echo '\documentclass{article}\usepackage{fontspec}\setmainfont{DejaVu Sans}\pagestyle{empty}\begin{document}'
  sed 's/$/\n/' form.txt
  echo '\end{document}'
} > "$work/form.tex"
xelatex -interaction=batchmode -output-directory "$work" "$work/form.tex"
mv "$work/form.pdf" "$out/xetex-objstm.pdf"

# pdfTeX with Type 1 fonts and without object streams: the text goes without diacritics.
{
  echo '\pdfminorversion=4 \documentclass{article}\pagestyle{empty}\begin{document}'
  iconv -f utf-8 -t ascii//TRANSLIT form.txt | sed 's/$/\n/'
  echo '\end{document}'
} > "$work/plain.tex"
pdflatex -interaction=batchmode -output-directory "$work" "$work/plain.tex"
mv "$work/plain.pdf" "$out/pdftex-1.4.pdf"

{ echo '.fam T'; iconv -f utf-8 -t ascii//TRANSLIT form.txt | sed 's/$/\n.br/'; } > "$work/form.tr"
groff -T pdf "$work/form.tr" > "$out/groff.pdf"

# Ghostscript distils PostScript to PDF 1.4; the second page lies on its side.
groff -T ps "$work/form.tr" > "$work/form.ps"
gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -dCompatibilityLevel=1.4 -sOutputFile="$out/ghostscript-1.4.pdf" "$work/form.ps" -c '<</Orientation 3>> setpagedevice' -f "$work/form.ps"

{
  echo '%%MediaBox 0 0 595 842'
  echo '%%Font F1 Times-Roman'
  echo 'BT /F1 14 Tf 50 780 Td (Don de nghi xac nhan noi cu tru) Tj ET'
} > "$work/page.txt"
mutool create -o "$out/mutool.pdf" "$work/page.txt"
