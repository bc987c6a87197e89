#!/bin/bash
# qpdf's variants of files that the other scripts made, in the folder given.
set -euo pipefail
cd "$1"

qpdf --linearize wkhtmltopdf.pdf qpdf-linearized.pdf
qpdf --linearize --object-streams=generate fpdf2-five-pages.pdf qpdf-linearized-objstm.pdf
qpdf --object-streams=disable --force-version=2.0 --rotate=+90:1 xetex-objstm.pdf qpdf-2.0-rotated.pdf
# Encryption with an empty user password. R2 is 40 bit RC4, R3 128 bit RC4, R4 AES-128, R6 AES-256.
qpdf --allow-weak-crypto --encrypt "" chu 40 -- groff.pdf qpdf-encrypted-r2.pdf
qpdf --allow-weak-crypto --encrypt "" chu 128 --use-aes=n -- pdf-lib-objstm-acroform.pdf qpdf-encrypted-r3.pdf
qpdf --allow-weak-crypto --encrypt "" chu 128 --use-aes=y -- groff.pdf qpdf-encrypted-r4.pdf
qpdf --encrypt "" chu 256 -- groff.pdf qpdf-encrypted-r6.pdf
# Opens with a password only: must be refused.
qpdf --encrypt nguoi chu 256 -- groff.pdf qpdf-needs-password.pdf
