import { Fault } from "../../fault/fault.ts";
import type { PdfDocument } from "../../pdf/document.ts";
import type { Budget } from "../../pdf/limits.ts";
import { type Revision, revisionsOf } from "../../pdf/revisions.ts";
import { stateAt, strayOctets } from "../../pdf/states.ts";
import type { ChangeCode } from "../../text/changes.ts";
import { worldAt } from "./base.ts";
import type { Change, Changes, Finding } from "./change.ts";
import type { Constraint } from "./constraints.ts";
import { concluded, judge } from "./judge.ts";
import { takeStep } from "./take-step.ts";

export type { Change, Changes };

/** How far a signature reaches: which save it covers, 1 for the first, and whether that is all of the file. */
export type Covered = { readonly revision: number | undefined; readonly coversWholeFile: boolean };

/** Octets of work that the analysis of one file may take: it reads what was signed once more, and each save. */
const WORK = 128 * 1024 * 1024;

/** What is known of one document, so that its many signatures are not each looked at from the beginning. */
type Analysis = {
  readonly revisions: readonly Revision[];
  /** The oldest state that was looked at. */
  readonly base: number;
  readonly steps: readonly { readonly revision: number; readonly findings: readonly Finding[] }[];
  readonly constraints: readonly Constraint[];
  /** Why it could not be finished. */
  readonly stopped: ChangeCode | undefined;
};

const ANALYSES = new WeakMap<PdfDocument, Analysis>();

/**
 * What was done to a file behind the save that a signature covers, and whether that and all earlier signatures allow it. Every later
 * save is compared with the one before it, object by object; what is not known to be harmless is a forbidden change.
 *
 * Nothing is read for a signature that covers the whole file.
 *
 * @param doc the whole file
 * @returns `unknown` where nobody can say: the file was repaired, the signature covers no save, an object or a limit stands in the way
 */
export function changesSince(doc: PdfDocument, { revision, coversWholeFile }: Covered): Changes {
  if (coversWholeFile) return { result: "none", items: [] };
  if (doc.rebuilt) return unknown("file_repaired");
  const revisions = revisionsOf(doc);
  if (revision === undefined) return unknown("coverage_unclear");
  const last = revisions.at(-1);
  const stray = last !== undefined && strayOctets(doc.source, last.end) > 0;
  if (revision >= revisions.length && !stray) return { result: "none", items: [] };
  const analysis = analysisOf(doc, revisions, revision);
  const steps = analysis.steps.filter((step) => step.revision > revision);
  const items = judge(steps, analysis.constraints, revision);
  if (steps.length > 0 && items.length === 0) items.push(change("saved_again", true, revisions.length));
  if (stray) items.push(change("octets_appended", false, null));
  if (analysis.stopped !== undefined) items.push(change(analysis.stopped, false, null));
  return concluded(items, analysis.stopped !== undefined);
}

function change(code: ChangeCode, permitted: boolean, revision: number | null): Change {
  return { code, permitted, revision, page: null, field: null, object: null };
}

function unknown(code: ChangeCode): Changes {
  return { result: "unknown", items: [change(code, false, null)] };
}

function analysisOf(doc: PdfDocument, revisions: readonly Revision[], revision: number): Analysis {
  const known = ANALYSES.get(doc);
  if (known !== undefined && known.base <= revision) return known;
  const made = analyse(doc, revisions, revision);
  ANALYSES.set(doc, made);
  return made;
}

function analyse(doc: PdfDocument, revisions: readonly Revision[], base: number): Analysis {
  const budget: Budget = { left: WORK };
  const steps: { readonly revision: number; readonly findings: readonly Finding[] }[] = [];
  let constraints: readonly Constraint[] = [];
  try {
    const world = worldAt(stateAt(doc, revisions, base, budget), doc.source, base);
    constraints = world.constraints;
    for (let count = base + 1; count <= revisions.length; count++) {
      const [before, own] = [revisions[count - 2], revisions[count - 1]];
      if (before === undefined || own === undefined) break;
      const findings = takeStep(world, stateAt(doc, revisions, count, budget), own, count, before.end);
      steps.push({ revision: count, findings });
    }
    return { revisions, base, steps, constraints, stopped: undefined };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const stopped = fault.code === "pdf_limit" ? "analysis_limit" : "object_unreadable";
    return { revisions, base, steps, constraints, stopped };
  }
}
