// JavaScript libraries: one PDF each into the folder given. Fonts: DejaVu.
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import fontkit from "@pdf-lib/fontkit";
import { jsPDF } from "jspdf";
import { PDFDocument } from "pdf-lib";
import PDFKit from "pdfkit";

const out = process.argv[2];
const lines = readFileSync(new URL("form.txt", import.meta.url), "utf8").trim().split("\n");
const font = readFileSync("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");

// pdf-lib: object streams and a text field.
const document = await PDFDocument.create();
document.registerFontkit(fontkit);
const face = await document.embedFont(font, { subset: true });
const page = document.addPage([595, 842]);
lines.forEach((text, row) => page.drawText(text, { x: 50, y: 780 - 24 * row, size: 11, font: face }));
document.getForm().createTextField("ho_ten").addToPage(page, { x: 50, y: 500, width: 300, height: 20 });
writeFileSync(`${out}/pdf-lib-objstm-acroform.pdf`, await document.save());

// PDFKit: PDF 1.7, tagged, two pages, of which the second lies on its side.
const kit = new PDFKit({ pdfVersion: "1.7", tagged: true, lang: "vi-VN", displayTitle: true, info: { Title: lines[0] } });
kit.pipe(createWriteStream(`${out}/pdfkit-1.7.pdf`));
kit.font("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").fontSize(11);
for (const line of lines) kit.text(line);
kit.addPage({ layout: "landscape" }).text(lines[0]);
kit.end();

// jsPDF: PDF 1.3 with a standard font, the text without diacritics.
const js = new jsPDF();
lines.forEach((text, row) => js.text(text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d"), 20, 20 + 9 * row));
writeFileSync(`${out}/jspdf-1.3.pdf`, Buffer.from(js.output("arraybuffer")));
