// Java libraries: one PDF each into the folder given. Run with OpenPDF, PDFBox, FontBox, pdfbox-io and commons-logging on the class path.
import com.lowagie.text.Document;
import com.lowagie.text.Font;
import com.lowagie.text.Paragraph;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfWriter;
import java.io.File;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

class Libraries {
  static final String SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

  public static void main(String[] args) throws Exception {
    List<String> lines = Files.readAllLines(Path.of(args[0]));
    openPdf(lines, args[1] + "/openpdf-full-compression.pdf");
    pdfBox(lines, args[1] + "/pdfbox-two-revisions.pdf");
  }

  static void openPdf(List<String> lines, String path) throws Exception {
    Document document = new Document();
    PdfWriter writer = PdfWriter.getInstance(document, new FileOutputStream(path));
    writer.setFullCompression();
    document.open();
    Font font = new Font(BaseFont.createFont(SANS, BaseFont.IDENTITY_H, BaseFont.EMBEDDED), 11);
    for (String line : lines) document.add(new Paragraph(line, font));
    document.close();
  }

  static void pdfBox(List<String> lines, String path) throws Exception {
    File first = File.createTempFile("first", ".pdf");
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream text = new PDPageContentStream(document, page)) {
        text.beginText();
        text.setFont(PDType0Font.load(document, new File(SANS)), 11);
        text.newLineAtOffset(50, 720);
        text.setLeading(24);
        for (String line : lines) { text.showText(line); text.newLine(); }
        text.endText();
      }
      document.save(first);
    }
    try (PDDocument document = Loader.loadPDF(first); FileOutputStream out = new FileOutputStream(path)) {
      document.getDocumentInformation().setTitle(lines.get(0));
      document.getDocumentInformation().getCOSObject().setNeedToBeUpdated(true);
      document.saveIncremental(out);
    }
  }
}
