"""Python libraries: one PDF each into the folder given. Fonts: DejaVu, subset by each maker."""
import pathlib
import sys

import fpdf
import pymupdf
import weasyprint
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

HERE = pathlib.Path(__file__).parent
OUT = pathlib.Path(sys.argv[1])
LINES = (HERE / "form.txt").read_text("utf-8").splitlines()
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def reportlab_form():
    """AcroForm with a text field, a check box and a choice; two pages; classic cross-reference table."""
    pdfmetrics.registerFont(TTFont("Sans", SANS))
    page = canvas.Canvas(str(OUT / "reportlab-acroform.pdf"), invariant=True)
    page.setTitle(LINES[0])
    for number in (1, 2):
        page.setFont("Sans", 11)
        for row, line in enumerate(LINES):
            page.drawString(50, 780 - 24 * row, line)
        if number == 1:
            page.acroForm.textfield(name="ho_ten", x=50, y=500, width=300, height=20, value="Nguyen Thi Thu Nghiem")
            page.acroForm.checkbox(name="cam_doan", x=50, y=470, checked=True)
            page.acroForm.choice(name="noi_nhan", x=50, y=430, width=200, height=20, value="Phuong", options=["Phuong", "Xa"])
        page.showPage()
    page.save()


def fpdf_pages():
    """Five pages with an outline."""
    pdf = fpdf.FPDF()
    pdf.add_font("Sans", fname=SANS)
    for number in range(1, 6):
        pdf.add_page()
        pdf.set_font("Sans", size=11)
        pdf.start_section(f"Trang {number}")
        for line in LINES:
            pdf.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    pdf.output(OUT / "fpdf2-five-pages.pdf")


def weasyprint_variants():
    """PDF 2.0 with cross-reference stream and object streams; PDF/A-3b."""
    form = weasyprint.HTML(HERE / "form.html")
    form.write_pdf(OUT / "weasyprint-2.0.pdf", pdf_version="2.0")
    form.write_pdf(OUT / "weasyprint-pdfa3b.pdf", pdf_variant="pdf/a-3b")


def mupdf_revisions():
    """Three revisions: a page, then a note, then another note, each appended."""
    path = OUT / "mupdf-three-revisions.pdf"
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((50, 60), LINES[0], fontname="Sans", fontfile=SANS)
    document.subset_fonts()
    document.save(path, garbage=3, deflate=True)
    for text in ("Đã kiểm tra", "Đã bổ sung"):
        document = pymupdf.open(path)
        document[0].add_text_annot((300, 60), text)
        document.saveIncr()


reportlab_form()
fpdf_pages()
weasyprint_variants()
mupdf_revisions()
