import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * Asks EU DSS, its default policy, nothing fetched. A line in: file, moment (ISO 8601), anchors and CRLs (separated by ";"), tabs between.
 * A line out: "indication|subIndication|format" for each signature, tabs between; "none"; or "error|class|message".
 */
public class EuDss {
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    for (String line; (line = in.readLine()) != null; ) out.println(answer(line.split("\t", -1)));
  }

  private static ExternalResourcesCRLSource crls(String[] files) throws IOException {
    InputStream[] streams = new InputStream[files.length];
    for (int i = 0; i < files.length; i++) streams[i] = new FileInputStream(files[i]);
    return new ExternalResourcesCRLSource(streams);
  }

  private static String answer(String[] request) {
    try {
      CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
      for (String anchor : request[2].split(";")) trusted.addCertificate(DSSUtils.loadCertificate(new File(anchor)));
      CommonCertificateVerifier verifier = new CommonCertificateVerifier();
      verifier.setTrustedCertSources(trusted);
      if (!request[3].isEmpty()) verifier.setCrlSource(crls(request[3].split(";")));
      SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(request[0]));
      validator.setCertificateVerifier(verifier);
      validator.setValidationTime(Date.from(Instant.parse(request[1])));
      SimpleReport report = validator.validateDocument().getSimpleReport();
      List<String> answers = new ArrayList<>();
      for (String id : report.getSignatureIdList()) {
        SubIndication why = report.getSubIndication(id);
        answers.add(report.getIndication(id) + "|" + (why == null ? "" : why) + "|" + report.getSignatureFormat(id));
      }
      return answers.isEmpty() ? "none" : String.join("\t", answers);
    } catch (Throwable error) {
      return "error|" + error.getClass().getSimpleName() + "|" + String.valueOf(error.getMessage()).replaceAll("\\s+", " ");
    }
  }
}
