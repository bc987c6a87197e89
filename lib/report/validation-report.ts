import { toBase64 } from "../bytes/base64.ts";
import type { Facts, SignatureFacts } from "../facts/facts.ts";
import type { RuleResult, SignatureReport, Verification } from "../validate/report.ts";
import {
  ALGORITHMS,
  CONSTRAINT,
  MAIN_INDICATION,
  NAMESPACES,
  OWN,
  PART_INDICATION,
  PROCESS,
  REVOCATION_REASON,
  SUB_INDICATION,
} from "./etsi-names.ts";
import {
  certificateId,
  dateTime,
  digestElement,
  FILE_ID,
  poe,
  reference,
  revocationId,
  timestampId,
  type ValidationObjects,
  validationObjects,
} from "./etsi-objects.ts";
import { type Element, element, textElement, withAttributes, writeXml } from "./xml-writer.ts";

export type ValidationReportInput = {
  /** SHA-256 of the checked file, 32 octets. */
  readonly sha256: Uint8Array;
  /** DER of the certificate that the validator is known by; without it the report does not say who made it. */
  readonly validator?: Uint8Array | undefined;
  readonly facts?: Facts | undefined;
};

/**
 * The answer as an ETSI validation report (TS 119 102-2 V1.4.1), not signed. docs/FORMATS.md says what of ours stands where; what
 * the standard has no place for (verdict, coverage, changes, findings) is additional report data under our own URIs.
 */
export function validationReport(verification: Verification, input: ValidationReportInput): string {
  const objects = validationObjects(verification, input.sha256, input.facts);
  const reports = verification.signatures.map((signature, i) =>
    signatureReport(verification, { signature, index: i, facts: input.facts?.signatures[i] }, input, objects),
  );
  return writeXml(
    withAttributes(
      "ValidationReport",
      NAMESPACES,
      reports.length === 0 ? nothingSigned(verification, input.sha256) : reports,
      element("SignatureValidationObjects", objects.elements),
      input.validator === undefined
        ? undefined
        : element(
            "SignatureValidator",
            element("DigitalId", textElement("tsl:X509Certificate", toBase64(input.validator))),
          ),
    ),
  );
}

type Told = { readonly signature: SignatureReport; readonly index: number; readonly facts: SignatureFacts | undefined };

function signatureReport(
  verification: Verification,
  told: Told,
  input: ValidationReportInput,
  objects: ValidationObjects,
): Element {
  const { signature, index } = told;
  return element(
    "SignatureValidationReport",
    withAttributes(
      "SignatureIdentifier",
      { id: signatureId(index) },
      textElement("HashOnly", "false"),
      textElement("DocHashOnly", "false"),
      textElement("DAIdentifier", signature.fieldName),
    ),
    signature.rules.length === 0
      ? undefined
      : element("ValidationConstraintsEvaluationReport", signature.rules.map(constraint)),
    timeInfo(verification, signature, index),
    signersDocument(input.sha256),
    attributes(told, objects),
    signerInformation(signature, objects),
    element(
      "SignatureValidationProcess",
      textElement("SignatureValidationProcessID", PROCESS),
      textElement("SignatureValidationServicePolicy", verification.policy),
    ),
    status(told, input, objects),
  );
}

const signatureId = (index: number): string => `S-${index + 1}`;

function constraint(rule: RuleResult): Element {
  const { id, result, indication, subIndication } = rule;
  // What only warns lets the signature pass; a rule that failed without saying how badly fails it.
  const outcome = result === "failed" ? (indication ?? "TOTAL_FAILED") : "TOTAL_PASSED";
  return element(
    "ValidationConstraint",
    textElement("ValidationConstraintIdentifier", OWN.rule + uriPart(id)),
    element("ConstraintStatus", textElement("Status", result === "skipped" ? CONSTRAINT.disabled : CONSTRAINT.applied)),
    result === "skipped"
      ? undefined
      : element(
          "ValidationStatus",
          textElement("MainIndication", PART_INDICATION[outcome]),
          result !== "failed" || subIndication === undefined
            ? undefined
            : textElement("SubIndication", SUB_INDICATION + subIndication),
        ),
  );
}

/** Our codes are words; whatever else it might be stays a URI. */
function uriPart(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** The best time is the proven one; without proof the signature is known to exist now, and not before (§4.3.6). */
function timeInfo(verification: Verification, signature: SignatureReport, index: number): Element | undefined {
  const at = dateTime(verification.at);
  if (at === undefined) return undefined;
  const { proven } = signature.sevenFields.signingTime;
  const time = dateTime(proven);
  const by = signature.timestamps.findIndex(({ genTime }) => time !== undefined && dateTime(genTime) === time);
  const best = by < 0 ? poe("BestSignatureTime", time ?? at) : poe("BestSignatureTime", time, timestampId(index, by));
  return element("ValidationTimeInfo", textElement("ValidationTime", at), best);
}

function signersDocument(sha256: Uint8Array): Element {
  return element(
    "SignersDocument",
    digestElement("DigestAlgAndValue", sha256),
    reference("SignersDocumentRepresentation", FILE_ID),
  );
}

/** Annex A; `Signed` says whether the signature covers it. */
function attributes({ signature, index, facts }: Told, objects: ValidationObjects): Element | undefined {
  const claimed = dateTime(signature.sevenFields.signingTime.claimed);
  const own = signature.chain[0];
  const { reason, location, subFilter } = signature;
  const signed = { Signed: "true" };
  const text = (name: string, inner: string, value: string | null | undefined): Element | undefined =>
    value === null || value === undefined ? undefined : withAttributes(name, signed, textElement(inner, value));
  const range = facts?.cover.byteRange;
  const found = [
    claimed === undefined ? undefined : withAttributes("SigningTime", signed, textElement("Time", claimed)),
    own === undefined || !objects.has(certificateId(own.sha256)) || !namesCertificate(facts)
      ? undefined
      : withAttributes("SigningCertificate", signed, reference("AttributeObject", certificateId(own.sha256))),
    text("SignatureProductionPlace", "AddressString", location),
    ...signature.timestamps.map((timestamp, i) =>
      stamp("SignatureTimeStamp", timestamp.genTime, timestampId(index, i)),
    ),
    text("Reason", "ReasonElement", reason),
    text("Name", "NameElement", facts?.name),
    text("ContactInfo", "ContactInfoElement", facts?.contactInfo),
    text("SubFilter", "SubFilterElement", subFilter),
    range === undefined || range === null ? undefined : textElement("ByteRange", range.map(Math.trunc).join(" ")),
    facts === undefined || facts.filter === null ? undefined : element("Filter", textElement("Filter", facts.filter)),
  ].filter((item) => item !== undefined);
  return found.length === 0 ? undefined : element("SignatureAttributes", found);
}

function namesCertificate(facts: SignatureFacts | undefined): boolean {
  return facts?.container.ok === true && facts.container.cms.signer?.signingCertificate === "match";
}

function stamp(name: string, genTime: string | null, id: string): Element | undefined {
  const time = dateTime(genTime);
  if (time === undefined) return undefined;
  return element(name, reference("AttributeObject", id), textElement("TimeStampValue", time));
}

function signerInformation({ chain, sevenFields }: SignatureReport, objects: ValidationObjects): Element | undefined {
  const [own] = chain;
  if (own === undefined || !objects.has(certificateId(own.sha256))) return undefined;
  return element(
    "SignerInformation",
    reference("SignerCertificate", certificateId(own.sha256)),
    textElement("Signer", sevenFields.signer ?? own.subject),
  );
}

function status(told: Told, input: ValidationReportInput, objects: ValidationObjects): Element {
  const { signature } = told;
  const links = signature.chain.filter(({ sha256 }) => objects.has(certificateId(sha256)));
  const [own, ...above] = links;
  const anchor = links.find((link) => link.anchor);
  const intermediate = above.filter((link) => link !== anchor);
  return element(
    "SignatureValidationStatus",
    textElement("MainIndication", MAIN_INDICATION[signature.indication]),
    signature.subIndication === null
      ? undefined
      : textElement("SubIndication", SUB_INDICATION + signature.subIndication),
    element(
      "AssociatedValidationReportData",
      anchor === undefined ? undefined : reference("TrustAnchor", certificateId(anchor.sha256)),
      own === undefined
        ? undefined
        : element(
            "CertificateChain",
            reference("SigningCertificate", certificateId(own.sha256)),
            intermediate.map(({ sha256 }) => reference("IntermediateCertificate", certificateId(sha256))),
            anchor === undefined ? undefined : reference("TrustAnchor", certificateId(anchor.sha256)),
          ),
      revocation(own?.sha256, input.facts, objects),
      cryptography(told),
      additional(signature),
    ),
  );
}

/** What ended the signer's certificate, where something did (§4.3.12.6). */
function revocation(
  own: string | undefined,
  facts: Facts | undefined,
  objects: ValidationObjects,
): Element | undefined {
  const found = facts?.revocation.find(
    (item) =>
      item.certificate === own && item.status === "revoked" && item.signature === "valid" && item.problems.length === 0,
  );
  const time = dateTime(found?.revokedAt ?? null);
  if (own === undefined || found === undefined || time === undefined) return undefined;
  return element(
    "RevocationStatusInformation",
    reference("ValidationObjectId", certificateId(own)),
    textElement("RevocationTime", time),
    found.reason === null ? undefined : textElement("RevocationReason", REVOCATION_REASON + found.reason),
    objects.has(revocationId(found.id)) ? reference("RevocationObject", revocationId(found.id)) : undefined,
  );
}

function cryptography({ signature, index, facts }: Told): Element | undefined {
  const used = facts?.container.ok === true ? facts.container.cms.signer?.signatureAlgorithm : undefined;
  const name = used === undefined || used === null ? undefined : ALGORITHMS[`${used.kind} ${used.hash}`];
  if (name === undefined) return undefined;
  const weak = signature.subIndication?.startsWith("CRYPTO_CONSTRAINTS_FAILURE") === true;
  return element(
    "CryptoInformation",
    reference("ValidationObjectId", signatureId(index)),
    textElement("Algorithm", name),
    textElement("SecureAlgorithm", String(!weak)),
  );
}

function additional(signature: SignatureReport): Element {
  const { verdict, integrity, coverage, changes, trust, policy, level, findings } = signature;
  const plain = { verdict, integrity, coverage, changes, trust, policy, level, class: signature.class };
  const data = (type: string, value: string): Element =>
    element("ReportData", textElement("Type", type), textElement("Value", value));
  return element(
    "AdditionalValidationReportData",
    Object.entries(plain).flatMap(([name, value]) => (value === null ? [] : [data(OWN.verification + name, value)])),
    findings.map(({ code, severity, en }) => data(OWN.finding + uriPart(code), `${severity}: ${en}`)),
  );
}

/** A file without signatures: the schema wants one report at least. */
function nothingSigned(verification: Verification, sha256: Uint8Array): Element {
  const at = dateTime(verification.at);
  return element(
    "SignatureValidationReport",
    at === undefined
      ? undefined
      : element("ValidationTimeInfo", textElement("ValidationTime", at), poe("BestSignatureTime", at)),
    signersDocument(sha256),
    element("SignatureValidationStatus", textElement("MainIndication", OWN.noSignature)),
  );
}
