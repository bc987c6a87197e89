import * as OID from "../asn1/oids.ts";
import { oid } from "../asn1/write.ts";
import { equal } from "../bytes/bytes.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { GeneralName } from "../x509/general-name.ts";
import { lies } from "./name-lies.ts";
import { COMPARED, type NameRules } from "./name-rules.ts";
import { readingOf } from "./reading.ts";
import type { PathViolationCode } from "./violation.ts";

/** type-id of an otherName that is an email address: SmtpUTF8Mailbox (RFC 9598 §3). */
const SMTP_UTF8_MAILBOX = oid("1.3.6.1.5.5.7.8.9");

/**
 * What the names of a certificate break (RFC 5280 §6.1.3 (b), (c)): its subject, the email addresses in it, its alternative names.
 *
 * @param spend takes a number of comparisons, false when there were too many
 * @returns codes, none twice
 */
export function checkNames(
  certificate: Certificate,
  rules: NameRules,
  spend: (work: number) => boolean,
): PathViolationCode[] {
  if (rules.permitted.length === 0 && rules.excluded.length === 0) return [];
  const names = namesOf(certificate);
  const bases = rules.permitted.reduce((sum, list) => sum + list.length, rules.excluded.length);
  if (!spend(names.length * bases)) return ["too_complex"];
  const found = new Set<PathViolationCode>();
  for (const name of names) {
    const code = checkName(name, rules);
    if (code !== undefined) found.add(code);
  }
  return [...found];
}

function checkName(name: GeneralName, rules: NameRules): PathViolationCode | undefined {
  const ofForm = (list: readonly GeneralName[]) => list.filter(({ kind }) => kind === name.kind);
  const excluded = ofForm(rules.excluded);
  const permitted = rules.permitted.map(ofForm).filter((list) => list.length > 0);
  if (excluded.length === 0 && permitted.length === 0) return undefined;
  // Critical or not: an issuer that constrains a form that is not compared here meant something by it.
  if (!COMPARED.has(name.kind)) return "name_form_unsupported";
  if (excluded.some((base) => lies(name, base, "excluded"))) return "name_excluded";
  return permitted.every((list) => list.some((base) => lies(name, base, "permitted")))
    ? undefined
    : "name_not_permitted";
}

function namesOf(certificate: Certificate): GeneralName[] {
  const { subject } = certificate;
  const names: GeneralName[] = subject.rdns.length === 0 ? [] : [{ kind: "directory", name: subject }];
  // Required where there is no alternative name (RFC 5280 §4.2.1.10), and done always: a reader may look at either.
  for (const { type, value } of subject.rdns.flat()) {
    if (type === OID.emailAddress) names.push({ kind: "email", value: value ?? "" });
  }
  for (const name of readingOf(certificate).altNames) {
    names.push(name);
    // Without a local part that can be compared, it lies nowhere that is permitted and in everything that is excluded.
    if (name.kind === "other" && equal(name.octets.subarray(0, SMTP_UTF8_MAILBOX.length), SMTP_UTF8_MAILBOX))
      names.push({ kind: "email", value: "" });
  }
  return names;
}
