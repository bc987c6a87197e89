import type { FoundSignature } from "../pades/find.ts";
import { containerFacts } from "./cms-facts.ts";
import { conclude, type Gathered } from "./conclude.ts";
import { newCoverage } from "./covered.ts";
import { type Covering, coveringOf } from "./covering.ts";
import type { CoverFacts, DocumentTimestampFacts, Facts, SignatureFacts } from "./facts.ts";
import type { GatherInput } from "./input.ts";
import { isoTime } from "./plain.ts";
import { type Placed, type Reading, readFile } from "./reading.ts";
import { addGiven, newRun, type Run } from "./run.ts";
import { timestampFacts } from "./timestamp-facts.ts";

/**
 * Finds out everything about a file that a verdict depends on. All cryptography happens here; nothing is judged, nothing is fetched,
 * and the file is neither copied nor hashed twice by one algorithm.
 *
 * @param pdf the whole file
 * @throws Fault `pdf_invalid`, `pdf_encrypted`, `pdf_unsupported`: the file cannot be read; `pdf_limit`: it has more than is looked at
 */
export async function gatherFacts(pdf: Uint8Array, input: GatherInput): Promise<Facts> {
  return (await gather(pdf, input)).facts;
}

/** The same, with the certificates that the facts name, for whoever wants to ask about them. */
export async function gather(pdf: Uint8Array, input: GatherInput): Promise<Gathered> {
  const reading = readFile(pdf);
  const { dss, document } = reading;
  const covering = coveringOf(reading.timestamps.map(({ found }) => found));
  const size = reading.signatures.length + reading.timestamps.length;
  const run = newRun(
    input,
    size,
    dss?.certificates.map(({ octets }) => octets),
  );
  addStore(run, reading, covering);
  const coverage = newCoverage(pdf, size > 1);
  const signatures: SignatureFacts[] = [];
  for (const placed of reading.signatures) signatures.push(await signatureFacts(placed, covering, coverage, run));
  const documentTimestamps: DocumentTimestampFacts[] = [];
  for (const placed of reading.timestamps)
    documentTimestamps.push(await documentTimestampFacts(placed, covering, coverage, run));
  addGiven(run, input);
  const { parsed, ...concluded } = await conclude(run, input.anchors);
  return { facts: { version: 1, document, signatures, documentTimestamps, ...concluded }, certificates: parsed };
}

function addStore({ material }: Run, { dss }: Reading, covering: Covering): void {
  if (dss === undefined) return;
  for (const { octets, offset, end } of dss.crls)
    material.addCrl(octets, { source: "dss", stampedBy: covering.place(offset, end) });
  for (const { octets, offset, end } of dss.ocsps)
    material.addOcsp(octets, { source: "dss", stampedBy: covering.place(offset, end) });
}

async function signatureFacts(
  { found, changes }: Placed,
  covering: Covering,
  coverage: ReturnType<typeof newCoverage>,
  run: Run,
): Promise<SignatureFacts> {
  const cover = coverFacts(found, covering);
  const { claimedTime, subFilter = null } = found;
  const time = claimedTime?.ms;
  return {
    fieldName: found.fieldName,
    inForm: found.inForm,
    filter: found.filter ?? null,
    subFilter,
    cover,
    claimed:
      claimedTime === undefined ? null : { text: claimedTime.text, time: time === undefined ? null : isoTime(time) },
    name: found.name ?? null,
    reason: found.reason ?? null,
    location: found.location ?? null,
    contactInfo: found.contactInfo ?? null,
    certifies: found.certifies ?? null,
    hasCert: found.hasCert,
    container: await containerFacts(
      {
        subFilter,
        contents: found.contents,
        covered: coverage(found.byteRange),
        certificates: found.certificates,
        stampedBy: cover.stampedBy,
      },
      run,
    ),
    changes,
  };
}

async function documentTimestampFacts(
  { found, changes }: Placed,
  covering: Covering,
  coverage: ReturnType<typeof newCoverage>,
  run: Run,
): Promise<DocumentTimestampFacts> {
  const cover = coverFacts(found, covering);
  const { contents, byteRange } = found;
  return {
    fieldName: found.fieldName,
    inForm: found.inForm,
    subFilter: found.subFilter ?? null,
    cover,
    timestamp:
      contents === undefined
        ? { ok: false, code: "cms_malformed" }
        : await timestampFacts(contents, coverage(byteRange).digest, cover.stampedBy, run),
    changes,
  };
}

function coverFacts(found: FoundSignature, covering: Covering): CoverFacts {
  return {
    byteRange: found.byteRange ?? null,
    problems: found.problems,
    wholeFile: found.coversWholeFile,
    revision: found.revision ?? null,
    stampedBy: covering.signature(found),
  };
}
