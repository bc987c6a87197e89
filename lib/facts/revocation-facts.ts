import { verifyCrl, verifyOcsp } from "#revocation";
import { toLatin1 } from "../bytes/bytes.ts";
import { quietly } from "../fault/quietly.ts";
import type { FoundPath } from "../path/find-paths.ts";
import type { SignatureCache } from "../path/signature-cache.ts";
import type { Crl } from "../revocation/crl.ts";
import { isUsable, type RevocationStatement } from "../revocation/statement.ts";
import type { Certificate } from "../x509/certificate.ts";
import { fingerprint } from "../x509/fingerprint.ts";
import { subjectPublicKey } from "../x509/key-identifiers.ts";
import type { Candidates } from "./candidates.ts";
import type { RevocationFacts } from "./facts.ts";
import { atMost, MAX_STATEMENTS } from "./limits.ts";
import type { Material } from "./material.ts";
import type { Paths } from "./path-facts.ts";
import { algorithmFacts, isoTime, optionalTime } from "./plain.ts";

export type RevocationInput = {
  readonly material: Material;
  readonly candidates: Candidates;
  readonly paths: Paths;
  readonly cache: SignatureCache;
};

/** A certificate and who issued it. */
type Pair = { readonly certificate: Certificate; readonly issuer: Certificate };
type Work = RevocationInput & {
  readonly queue: Pair[];
  readonly asked: Set<string>;
  readonly facts: RevocationFacts[];
  readonly signers: Set<Certificate>;
  questions: number;
};

/** CRLs of one issuer among which the base of a delta CRL is looked for. */
const MAX_BASES = 64;

/**
 * Asks all CRLs and responses about every certificate of these paths, anchors apart, and about those who signed what answers.
 *
 * @returns also the certificates of those who signed
 * @throws Fault `pdf_limit`
 */
export async function revocationFacts(
  paths: readonly FoundPath[],
  input: RevocationInput,
): Promise<{ readonly facts: readonly RevocationFacts[]; readonly signers: ReadonlySet<Certificate> }> {
  const work: Work = { ...input, queue: [], asked: new Set(), facts: [], signers: new Set(), questions: 0 };
  const { crls, ocsps } = input.material;
  if (crls.length + ocsps.length === 0) return work;
  for (const path of paths) enqueue(work, path);
  // An array hands out what is added while it is walked.
  for (const pair of work.queue) {
    await askCrls(work, pair);
    await askOcsps(work, pair);
  }
  return work;
}

function enqueue(work: Work, { chain, anchor }: Pick<FoundPath, "chain" | "anchor">): void {
  for (const [index, certificate] of chain.entries()) ask(work, certificate, chain[index + 1] ?? anchor);
}

/** Once for each key that a certificate's issuer is said to have: cross-certificates of one issuer make no difference. */
function ask({ queue, asked }: Work, certificate: Certificate, issuer: Certificate): void {
  const name = fingerprint(certificate) + toLatin1(issuer.spki);
  if (asked.has(name)) return;
  asked.add(name);
  queue.push({ certificate, issuer });
}

async function askCrls(work: Work, pair: Pair): Promise<void> {
  const { candidates, cache } = work;
  const about = candidates.crlsAbout(pair.certificate);
  const others = about.slice(0, MAX_BASES).map(({ value }) => value);
  const found: { readonly held: Held; readonly crl: Crl; readonly statement: RevocationStatement }[] = [];
  for (const held of about) {
    count(work);
    const question = { ...pair, candidates: candidates.crlSigners(held.value), others, allowance: cache };
    const statement = await verifyCrl(held.value, question);
    if (statement !== undefined) found.push({ held, crl: held.value, statement });
  }
  // A delta CRL speaks for its base as well.
  const bases = new Set(found.flatMap(({ statement }) => (isUsable(statement) ? (statement.base ?? []) : [])));
  for (const { held, crl, statement } of found) if (!bases.has(crl)) await state(work, pair, held, statement);
}

async function askOcsps(work: Work, pair: Pair): Promise<void> {
  const { candidates, cache } = work;
  const about = candidates.ocspsAbout(pair.certificate);
  // An issuer whose key cannot be read has signed nothing, and no response names it.
  if (about.length === 0 || quietly(() => subjectPublicKey(pair.issuer.spki)) === undefined) return;
  const question = { ...pair, candidates: candidates.responders(pair.issuer), allowance: cache };
  for (const held of about) {
    count(work);
    const statement = await verifyOcsp(held.value, question);
    if (statement !== undefined) await state(work, pair, held, statement);
  }
}

function count(work: Work): void {
  atMost(++work.questions, MAX_STATEMENTS, "statements about certificates");
}

type Held = Pick<Material["crls"][number], "id" | "source" | "stampedBy">;

async function state(work: Work, pair: Pair, held: Held, statement: RevocationStatement): Promise<void> {
  const signer = await signerOf(work, pair, statement);
  if (signer !== undefined) work.signers.add(signer);
  work.facts.push({
    kind: statement.kind,
    id: held.id,
    source: held.source,
    stampedBy: [...held.stampedBy].sort((a, b) => a - b),
    certificate: fingerprint(pair.certificate),
    status: statement.status,
    revokedAt: optionalTime(statement.revokedAt),
    reason: statement.reason ?? null,
    thisUpdate: isoTime(statement.thisUpdate),
    nextUpdate: optionalTime(statement.nextUpdate),
    producedAt: optionalTime(statement.producedAt),
    signature: statement.signature,
    signer: signer === undefined ? null : fingerprint(signer),
    authority: statement.authority,
    algorithm: algorithmFacts(statement.algorithm),
    missingReasons: statement.missingReasons,
    problems: statement.problems,
  });
}

/** Who signed; one that is neither the issuer nor nobody has a path of its own, which is looked for, and a status. */
async function signerOf(
  work: Work,
  { issuer }: Pair,
  { signer, alternatives, authority }: RevocationStatement,
): Promise<Certificate | undefined> {
  if (signer === undefined || authority === "none" || authority === "issuer") return signer;
  for (const candidate of [signer, ...alternatives]) {
    const paths = await work.paths.find(candidate);
    if (paths.length === 0) continue;
    for (const path of paths) enqueue(work, path);
    return candidate;
  }
  if (authority === "delegated") ask(work, signer, issuer);
  return signer;
}
