import type { HashName } from "../crypto/algorithms.ts";
import { containerFacts } from "./cms-facts.ts";
import { conclude, type Gathered } from "./conclude.ts";
import type { Facts, SignatureFacts } from "./facts.ts";
import type { GatherInput } from "./input.ts";
import { addGiven, newRun } from "./run.ts";

/** What a detached signature is over: nobody has the content at hand. */
export type ContentDigest = { readonly hash: HashName; readonly value: Uint8Array };

/**
 * Finds out everything about a signature that stands alone. There is no document: the facts about it are of an empty one, and the
 * signature covers whatever the digest is of.
 *
 * @param cms a ContentInfo
 * @param digest of the content. A message that uses another hash does not match, nor does one without signed attributes
 * @throws Fault `pdf_limit`: it has more than is looked at
 */
export async function gatherDetached(cms: Uint8Array, digest: ContentDigest, input: GatherInput): Promise<Facts> {
  return (await gatherAlone(cms, digest, input)).facts;
}

export async function gatherAlone(cms: Uint8Array, digest: ContentDigest, input: GatherInput): Promise<Gathered> {
  const run = newRun(input, 1);
  const covered = { pieces: [], digest: (hash: HashName) => (hash === digest.hash ? digest.value : NOTHING) };
  const container = await containerFacts(
    { subFilter: null, contents: cms, covered, certificates: [], stampedBy: [] },
    run,
  );
  addGiven(run, input);
  const { parsed, ...concluded } = await conclude(run, input.anchors);
  const signatures = [{ ...ALONE, container }];
  const facts: Facts = { version: 1, document: NO_DOCUMENT, signatures, documentTimestamps: [], ...concluded };
  return { facts, certificates: parsed };
}

const NOTHING = new Uint8Array(0);

const NO_DOCUMENT = {
  size: 0,
  revisions: 0,
  strayOctets: 0,
  rebuilt: false,
  encrypted: false,
  hasDss: false,
} as const satisfies Facts["document"];

const ALONE = {
  fieldName: "",
  inForm: true,
  filter: null,
  subFilter: null,
  cover: { byteRange: null, problems: [], wholeFile: true, revision: null, stampedBy: [] },
  claimed: null,
  name: null,
  reason: null,
  location: null,
  contactInfo: null,
  certifies: null,
  hasCert: false,
  changes: { result: "none", items: [] },
} as const satisfies Omit<SignatureFacts, "container">;
