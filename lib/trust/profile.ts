import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import { canonicalJson } from "../json/canonical.ts";
import { parseJson } from "../json/strict-parse.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.ts";
import { isPlainText } from "../text/plain.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { fingerprint } from "../x509/fingerprint.ts";
import { fromPem } from "../x509/pem.ts";
import type { TrustAnchor } from "./anchor.ts";
import { SIGNATURE_CLASSES } from "./signature-class.ts";

/** Code units. The list of all CAs that the EU recognises has some 4,000 certificates in 10 MB; nobody here needs a tenth of it. */
const MAX_TEXT = 8 * 1024 * 1024;
export const MAX_ANCHORS = 2000;
/** Code points: an address, or the name of a gazette with number and date. */
const MAX_SOURCE = 500;
const MAX_UNIT = 300;

const USES = ["signature", "timestamp"] as const;
const MEMBERS = ["certificate", "sha256", "class", "source", "from", "until", "managingUnit", "test", "uses"];
/** ISO 8601 in UTC, as `Date.prototype.toISOString` writes it; milliseconds may be left out. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/;

/**
 * Reads a trust profile: who is trusted, for what, since when and by which source. Strict to the last member, because a member
 * with a slip of the pen (`untill`) would otherwise trust for longer than was meant.
 *
 * @throws Fault `trust_malformed`, naming the anchor by its place and never guessing what was meant
 */
export function parseTrustProfile(source: string | Uint8Array): TrustAnchor[] {
  const profile = parse(source);
  only(profile, ["version", "anchors"], "the profile");
  if (profile.version !== 1) throw malformed("version is 1");
  const { anchors } = profile;
  if (!Array.isArray(anchors)) throw malformed("anchors is a list");
  if (anchors.length > MAX_ANCHORS) throw malformed(`more than ${MAX_ANCHORS} anchors`);
  const found = (anchors as readonly JsonValue[]).map((anchor, index) => readAnchor(anchor, `anchor ${index + 1}`));
  const names = found.map(({ certificate }) => fingerprint(certificate));
  if (new Set(names).size !== names.length) throw malformed("one certificate stands in it twice");
  return found;
}

/** Whether a file is JSON of another kind. What cannot be read could have been a profile, and is not to be passed over. */
export function isOtherJson(source: string | Uint8Array): boolean {
  try {
    const value = parseJson(source, { length: MAX_TEXT });
    return !isJsonObject(value) || !Object.hasOwn(value, "anchors");
  } catch {
    return false;
  }
}

/**
 * The one text of a set of anchors: sorted by fingerprint, one anchor a line so that two versions can be compared by eye, each
 * line as RFC 8785 writes it.
 */
export function writeTrustProfile(anchors: readonly TrustAnchor[]): string {
  const lines = anchors
    .map((anchor) => ({ sha256: fingerprint(anchor.certificate), anchor }))
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
    .map(({ sha256, anchor }) => canonicalJson(toJson(anchor, sha256)));
  return lines.length === 0 ? '{"anchors":[],"version":1}\n' : `{"anchors":[\n${lines.join(",\n")}\n],"version":1}\n`;
}

function toJson(anchor: TrustAnchor, sha256: string): JsonObject {
  const { from, until, managingUnit } = anchor;
  return {
    certificate: toBase64(anchor.certificate.raw),
    sha256,
    class: anchor.class,
    source: anchor.source,
    ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
    ...(managingUnit === undefined ? {} : { managingUnit }),
    test: anchor.test,
    uses: USES.filter((use) => anchor.uses.includes(use)),
  };
}

function parse(source: string | Uint8Array): JsonObject {
  let value: JsonValue;
  try {
    value = parseJson(source, { length: MAX_TEXT, depth: 4 });
  } catch (cause) {
    throw new Fault("trust_malformed", "the profile is not JSON with unique member names", { cause });
  }
  if (!isJsonObject(value)) throw malformed("the profile is an object");
  return value;
}

function readAnchor(value: JsonValue, where: string): TrustAnchor {
  if (!isJsonObject(value)) throw malformed(`${where} is an object`);
  only(value, MEMBERS, where);
  const { source, managingUnit, test = false } = value;
  const certificate = readCertificate(value.certificate, where);
  if (value.sha256 !== fingerprint(certificate)) throw malformed(`${where}: sha256 is not that of its certificate`);
  const signatureClass = SIGNATURE_CLASSES.find((known) => known === value.class);
  if (signatureClass === undefined) throw malformed(`${where}: class is one of ${SIGNATURE_CLASSES.join(", ")}`);
  if (typeof source !== "string" || !isPlainText(source, MAX_SOURCE))
    throw malformed(`${where}: source says where from`);
  if (managingUnit !== undefined && (typeof managingUnit !== "string" || !isPlainText(managingUnit, MAX_UNIT)))
    throw malformed(`${where}: managingUnit is a name`);
  if (typeof test !== "boolean") throw malformed(`${where}: test is true or false`);
  const from = readMoment(value.from, `${where}: from`);
  const until = readMoment(value.until, `${where}: until`);
  if (from !== undefined && until !== undefined && from > until) throw malformed(`${where} ends before it begins`);
  return {
    certificate,
    class: signatureClass,
    source,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(managingUnit === undefined ? {} : { managingUnit }),
    test,
    uses: readUses(value.uses, where),
  };
}

function readCertificate(value: JsonValue | undefined, where: string): Certificate {
  if (typeof value !== "string") throw malformed(`${where}: certificate is base64 or PEM`);
  try {
    const [block, ...more] = value.startsWith("-----BEGIN ") ? fromPem(value) : [{ octets: fromBase64(value) }];
    if (block?.octets === undefined || more.length > 0) throw malformed(`${where}: certificate is one, base64 or PEM`);
    return parseCertificate(block.octets);
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.code === "trust_malformed") throw cause;
    throw new Fault("trust_malformed", `${where}: the certificate cannot be read (${cause.code})`, { cause });
  }
}

function readMoment(value: JsonValue | undefined, where: string): number | undefined {
  if (value === undefined) return undefined;
  const time = typeof value === "string" && MOMENT.test(value) ? Date.parse(value) : Number.NaN;
  // What is parsed must say the same again: 30 February does not.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== String(value).slice(0, 19))
    throw malformed(`${where} is a moment in UTC, 2027-01-15T03:00:00Z`);
  return time;
}

function readUses(value: JsonValue | undefined, where: string): TrustAnchor["uses"] {
  if (value === undefined) return USES;
  const wanted = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  const uses = USES.filter((use) => wanted.includes(use));
  if (uses.length === 0 || uses.length !== wanted.length) throw malformed(`${where}: uses are ${USES.join(", ")}`);
  return uses;
}

function only(value: JsonObject, members: readonly string[], where: string): void {
  // The name of the member is not repeated: the file may be any file.
  if (Object.keys(value).some((name) => !members.includes(name)))
    throw malformed(`${where} has a member that is not known`);
}

const malformed = (detail: string): Fault => new Fault("trust_malformed", detail);
