import type { PdfDocument } from "../../pdf/document.ts";
import { isDict, type PdfDict, type PdfValue } from "../../pdf/object.ts";
import type { Side } from "../../pdf/same.ts";
import type { Finding } from "./change.ts";
import type { Changed } from "./changed.ts";
import { holderOf, quietly, type World } from "./world.ts";

/** One save while it is looked at. */
export type Step = {
  /** Its `view` is the state behind the save, its roles are those of the state in front of it until they are added to. */
  readonly world: World;
  readonly before: PdfDocument;
  /** The save's number, 1 for the first. */
  readonly revision: number;
  readonly changed: ReadonlyMap<number, Changed>;
  readonly findings: Finding[];
  /** Signature fields that this save brought or signed: their widgets may appear on a page. */
  readonly signed: Set<number>;
  /** Annotations that a page has no longer. */
  readonly removed: Set<number>;
  /** How often each code was told. */
  readonly told: Map<Finding["code"], number>;
};

/** A value as it was, to be compared. */
export function was(step: Step, number: number, value: PdfValue | undefined): Side {
  const found = quietly(step.before, number);
  return { doc: step.before, holder: { number, generation: found?.generation ?? 0 }, value };
}

/** A value as it is. */
export function is(step: Step, number: number, value: PdfValue | undefined): Side {
  return { doc: step.world.view, holder: holderOf(step.world, number), value };
}

export function dictWas(step: Step, number: number): PdfDict | undefined {
  const value = quietly(step.before, number)?.value;
  return isDict(value) ? value : undefined;
}

export function note(step: Step, finding: Finding): undefined {
  step.findings.push(finding);
}

export function never(
  step: Step,
  code: Finding["code"],
  where: Pick<Finding, "page" | "field" | "object"> = {},
): undefined {
  // One is enough for the result; a list of a hundred thousand helps nobody.
  const told = step.told.get(code) ?? 0;
  step.told.set(code, told + 1);
  if (told < TOLD) step.findings.push({ code, need: "never", ...where });
}

/** Forbidden changes of one kind that one save is told to have made. */
const TOLD = 20;

/**
 * Looks at objects that this save made reachable. Those that it wrote itself are part of what refers to them; one that was in the
 * file before, referred to by nothing, was put there to be brought out later.
 */
export function broughtIn(step: Step, numbers: readonly number[], page?: number): undefined {
  for (const number of numbers) {
    const change = step.changed.get(number);
    const before = change === undefined ? quietly(step.before, number) : change.before;
    if (before !== undefined) never(step, "object_replaced", { object: number, page });
  }
}
