import { fromHex } from "../bytes/hex.ts";
import type { Facts } from "../facts/facts.ts";
import { Fault } from "../fault/fault.ts";
import { writeCertId } from "../revocation/cert-id.ts";
import { buildOcspRequest } from "../revocation/ocsp-request.ts";
import type { TrustAnchor } from "../trust/anchor.ts";
import { DEFAULT_POLICY, type Policy } from "../validate/policy.ts";
import type { Verification } from "../validate/report.ts";
import { verifyPdf } from "../verify/verify-pdf.ts";
import type { Certificate } from "../x509/certificate.ts";
import { readMaterial } from "./material.ts";
import type { StatusSource } from "./status-source.ts";
import { type Wanted, wantedStatus } from "./verify-status.ts";

export type VerifyFileInput = {
  readonly pdf: Uint8Array;
  readonly anchors: readonly TrustAnchor[];
  /** The moment that the verdict is asked for, ms. */
  readonly at: number;
  readonly revocation?: Policy["revocation"];
  readonly certificates?: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  readonly ocsps?: readonly Uint8Array[];
  /** Where missing statuses may be asked for; without it nothing leaves this machine. */
  readonly source?: StatusSource | undefined;
};

export type VerifiedFile = { readonly verification: Verification; readonly facts: Facts };

type Fetched = { certificates: Uint8Array[]; crls: Uint8Array[]; ocsps: Uint8Array[] };

/** An issuer, its issuer, and the statuses of both: more rounds find nothing that the limits on questions would let through. */
const MAX_ROUNDS = 4;

/**
 * Judges one file: first with what is there, then, where a source is given, with the statuses that were missing.
 *
 * @throws Fault `pdf_invalid`, `pdf_encrypted`, `pdf_limit` …: there is nothing to be judged
 */
export async function verifyFile(input: VerifyFileInput): Promise<VerifiedFile> {
  const { pdf, anchors, at, source, certificates = [], crls = [], ocsps = [] } = input;
  const policy = policyFor(input.revocation ?? DEFAULT_POLICY.revocation);
  const fetched: Fetched = { certificates: [], crls: [], ocsps: [] };
  const judge = () => verifyPdf(pdf, { anchors, at, policy, certificates, crls, ocsps, fetched });
  let verified = await judge();
  const asked = new Set<string>();
  for (let round = 0; source !== undefined && round < MAX_ROUNDS; round++) {
    if (verified.verification.verdict === "NO_SIGNATURE") break;
    const wanted = wantedStatus(verified.facts, at).filter((one) => !asked.has(nameOf(one)));
    if (!(await fetchAll(wanted, { known: verified.certificates, source, fetched, asked }))) break;
    verified = await judge();
  }
  return verified;
}

/** Two policies with one name must not differ. */
function policyFor(revocation: Policy["revocation"]): Policy {
  if (revocation === DEFAULT_POLICY.revocation) return DEFAULT_POLICY;
  return { ...DEFAULT_POLICY, revocation, id: `${DEFAULT_POLICY.id}:revocation-${revocation}` };
}

const nameOf = ({ kind, certificate }: Wanted): string => `${kind} ${certificate}`;

type Fetching = {
  readonly known: ReadonlyMap<string, Certificate>;
  readonly source: StatusSource;
  readonly fetched: Fetched;
  readonly asked: Set<string>;
};

/** @returns whether anything came back */
async function fetchAll(wanted: readonly Wanted[], { known, source, fetched, asked }: Fetching): Promise<boolean> {
  const answered = new Set<string>();
  for (const one of wanted) {
    // A responder's word is enough; the list of all that are revoked is asked for where it says nothing, in the next round.
    if (answered.has(one.certificate)) continue;
    asked.add(nameOf(one));
    const octets = await first(one, known, source);
    if (octets === undefined) continue;
    if (one.kind === "issuer") fetched.certificates.push(...received("certificate", octets));
    else fetched[one.kind === "crl" ? "crls" : "ocsps"].push(...received(one.kind, octets));
    answered.add(one.certificate);
  }
  return answered.size > 0;
}

/** What a stranger sent; nonsense is nothing. */
function received(kind: Parameters<typeof readMaterial>[0], octets: Uint8Array): readonly Uint8Array[] {
  try {
    return readMaterial(kind, octets);
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}

async function first(
  one: Wanted,
  known: ReadonlyMap<string, Certificate>,
  source: StatusSource,
): Promise<Uint8Array | undefined> {
  const request = one.kind === "ocsp" ? ocspRequest(one, known) : undefined;
  if (one.kind === "ocsp" && request === undefined) return undefined;
  for (const url of one.urls) {
    const octets = await source.ask(one.kind, url, request);
    if (octets !== undefined) return octets;
  }
  return undefined;
}

/** Without a nonce: responders answer from what they signed before, and its own times say how fresh it is (RFC 5019 §2.1.1). */
function ocspRequest(
  { issuer, serial }: Extract<Wanted, { kind: "ocsp" }>,
  known: ReadonlyMap<string, Certificate>,
): Uint8Array | undefined {
  const [above, octets] = [known.get(issuer), fromHex(serial)];
  // SHA-1 names an issuer, nothing more; it is what every responder understands (RFC 5019 §2.1.1).
  return above === undefined || octets === undefined
    ? undefined
    : buildOcspRequest([writeCertId("SHA-1", above, octets)]);
}
