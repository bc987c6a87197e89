import { createHash } from "node:crypto";
import { equal } from "../../lib/bytes/bytes.ts";
import type { Facts } from "../../lib/facts/facts.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { type PdfDocument, resolve, streamOctets } from "../../lib/pdf/document.ts";
import { isArray, isDict, isRef, isStream, isString, type PdfObject, type PdfValue } from "../../lib/pdf/object.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { pagesOf } from "../../lib/pdf/pages.ts";
import type { SignatureReport, Verification } from "../../lib/validate/report.ts";
import type { Seed } from "./fuzz-seeds.ts";

/** A file and what was said of it. */
export type Judged = { readonly pdf: Uint8Array; readonly verification: Verification; readonly facts: Facts };

/** What makes people believe in a signature. */
type Claim = {
  readonly range: readonly [number, number, number, number];
  readonly says: string;
  readonly verdict: SignatureReport["verdict"];
};

/** Says that cannot be had without the signer's key: who signed what under which name. */
function claimsOf({ verification, facts }: Omit<Judged, "pdf">): Claim[] {
  return verification.signatures.flatMap((report, i) => {
    const range = facts.signatures[i]?.cover.byteRange;
    if (range?.length !== 4) return [];
    const { verdict, sevenFields: fields, reason, location, class: kind, equivalentToHandwritten, test } = report;
    const { signer, issuer, managingUnit, signingTime, certificateValidity } = fields;
    const told = [signer, issuer, managingUnit, signingTime.claimed, certificateValidity, reason, location];
    const says = JSON.stringify([
      ...told,
      kind,
      equivalentToHandwritten,
      test,
      report.certifies,
      facts.signatures[i]?.name,
    ]);
    return [{ range: range as unknown as Claim["range"], says, verdict }];
  });
}

/**
 * Looks for a signature that is called valid although nobody who had its key can have made it so.
 *
 * @param seed what the changed file was made from; no other file was ever signed by a key of its world
 * @param known all files whose octets may have been put into it
 * @returns what is wrong with the verdict; undefined for nothing
 */
export function forgery(changed: Judged, seed: Seed, known: readonly Judged[]): string | undefined {
  const originals = known.flatMap((one) => claimsOf(one).map((claim) => ({ ...claim, pdf: one.pdf })));
  for (const claim of claimsOf(changed)) {
    if (claim.verdict !== "VALID") continue;
    const same = originals.filter((original) => coversTheSame(original, { ...claim, pdf: changed.pdf }));
    if (same.length === 0) return `a valid signature over ${claim.range} that nobody made`;
    if (!same.some(({ verdict }) => verdict === "VALID") && seed.raisable !== true)
      return "a signature was not valid before";
    if (!same.some(({ says }) => says === claim.says)) return `it says ${claim.says}, which nobody signed`;
  }
  const { verdict, signatures } = changed.verification;
  if (verdict === "VALID" && !signatures.every((one) => one.verdict === "VALID"))
    return "valid although a signature is not";
  return verdict === "VALID" ? otherContent(changed) : undefined;
}

type Placed = { readonly pdf: Uint8Array; readonly range: Claim["range"] };

function coversTheSame(a: Placed, b: Placed): boolean {
  if (a.range.some((value, i) => value !== b.range[i])) return false;
  const [from, length, from2, length2] = a.range;
  const part = (pdf: Uint8Array, start: number, octets: number) => pdf.subarray(start, start + octets);
  return (
    equal(part(a.pdf, from, length), part(b.pdf, from, length)) &&
    equal(part(a.pdf, from2, length2), part(b.pdf, from2, length2))
  );
}

/** Whether the pages look otherwise than in the state that a signature covers, as far as anybody can tell who just opens both. */
function otherContent({ pdf, facts }: Judged): string | undefined {
  const now = pagesIn(pdf);
  for (const { cover, fieldName } of facts.signatures) {
    const end = (cover.byteRange?.[2] ?? 0) + (cover.byteRange?.[3] ?? 0);
    const then = pagesIn(pdf.subarray(0, end));
    if (then.length !== now.length) return `${fieldName} covers ${then.length} pages, there are ${now.length}`;
    const page = then.findIndex((one, i) => one !== now[i]);
    if (page >= 0) return `page ${page + 1} is not as ${fieldName} covers it`;
  }
  return undefined;
}

/** Of each page a digest of everything that it shows but its annotations. */
function pagesIn(pdf: Uint8Array): string[] {
  const doc = openDocument(pdf);
  return [...pagesOf(doc)].map(({ dict }) => {
    const hash = createHash("sha256");
    const shown = new Map([...dict].filter(([key]) => !["Annots", "Parent", "Tabs", "LastModified"].includes(key)));
    describe(doc, shown, new Set(), (text) => hash.update(text));
    return hash.digest("hex");
  });
}

function describe(
  doc: PdfDocument,
  value: PdfValue | undefined,
  seen: Set<number>,
  say: (text: string | Uint8Array) => void,
): void {
  if (isRef(value)) {
    say(`object ${value.number}`);
    if (!seen.has(value.number)) describe(doc, resolved(doc, value), seen.add(value.number), say);
  } else if (isArray(value)) {
    say(`array ${value.length}`);
    for (const item of value) describe(doc, item, seen, say);
  } else if (isDict(value)) {
    say(`dictionary ${value.size}`);
    for (const [key, item] of [...value].sort(([a], [b]) => (a < b ? -1 : 1))) {
      say(key);
      if (key !== "Parent") describe(doc, item, seen, say);
    }
  } else if (isStream(value)) {
    describe(doc, value.dict, seen, say);
    say(orNothing(() => streamOctets(doc, { number: 0, generation: 0, value })) ?? "unreadable");
  } else if (isString(value)) say(value.raw);
  else say(JSON.stringify(value) ?? "nothing");
}

function resolved(doc: PdfDocument, value: PdfObject): PdfValue | undefined {
  return orNothing(() => resolve(doc, value));
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
