import type { Change, Changes, Finding } from "./change.ts";
import { type Constraint, isLocked } from "./constraints.ts";

/** What may be done after a signature that says nothing about it: fill in, sign. Comments only where a certification allows them. */
const USUAL = 2;

const LEVELS = { nothing: 0, signing: 2, filling: 2, annotating: 3 } as const;

/**
 * Which changes an earlier signature allows.
 *
 * @param steps findings of each save behind what the signature covers, oldest first
 * @param revision the save that the signature covers
 */
export function judge(steps: readonly Step[], constraints: readonly Constraint[], revision: number): Change[] {
  const commented = constraints.some(
    ({ since, certifies, permission }) => since <= revision && certifies && permission === 3,
  );
  const usual = commented ? 3 : USUAL;
  const count = new Map<string, number>();
  const changes: Change[] = [];
  for (const step of steps) {
    for (const { kind, some } of judgedOnce(step, constraints, usual)) {
      const known = count.get(kind) ?? 0;
      // A thousand signatures in front of thousands of saves: what nobody will read is not walked through for each.
      if (known >= LISTED) continue;
      for (const change of some) changes.push(change);
      count.set(kind, known + some.length);
    }
  }
  return changes;
}

type Step = { readonly revision: number; readonly findings: readonly Finding[] };
/** Changes of one kind that one save made: each once, and no more than are listed. */
type Group = { readonly kind: string; readonly some: readonly Change[] };
type Judged = { readonly constraints: readonly Constraint[]; readonly groups: Map<number, readonly Group[]> };

/** A save is behind many signatures, and what is allowed in it is the same for all of them but for the usual. */
const JUDGED = new WeakMap<Step, Judged>();

function judgedOnce(step: Step, constraints: readonly Constraint[], usual: number): readonly Group[] {
  const known = JUDGED.get(step);
  const judged = known?.constraints === constraints ? known : { constraints, groups: new Map() };
  JUDGED.set(step, judged);
  const groups = judged.groups.get(usual) ?? grouped(listed(judgeStep(step, constraints, usual)));
  judged.groups.set(usual, groups);
  return groups;
}

function grouped(changes: readonly Change[]): readonly Group[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const some = groups.get(kindOf(change)) ?? [];
    groups.set(kindOf(change), some);
    some.push(change);
  }
  return [...groups].map(([kind, some]) => ({ kind, some }));
}

function judgeStep(step: Step, constraints: readonly Constraint[], usual: number): readonly Change[] {
  const earlier = constraints.filter(({ since }) => since < step.revision);
  const level = Math.min(usual, ...earlier.map(({ permission }) => permission ?? 3));
  return step.findings.map((finding) => changeOf(finding, step.revision, isPermitted(finding, earlier, level)));
}

function isPermitted(finding: Finding, constraints: readonly Constraint[], level: number): boolean {
  const { need, visible, locks, field } = finding;
  if (need === "never" || need === "unknown") return false;
  if (LEVELS[need] > level) return false;
  if (visible === true && constraints.some(({ certifies }) => certifies)) return false;
  if (locks !== true || field === undefined) return true;
  return !constraints.some((constraint) => constraint.locks.some((lock) => isLocked(lock, field)));
}

function changeOf(finding: Finding, revision: number, permitted: boolean): Change {
  const { code, fine, page, field, object } = finding;
  return {
    code: permitted ? (fine ?? code) : code,
    permitted,
    revision,
    page: page ?? null,
    field: field ?? null,
    object: object ?? null,
  };
}

/** Changes of one kind that are listed: what a person reads. The result counts all. */
const LISTED = 100;

const kindOf = ({ code, permitted }: Change): string => `${code} ${permitted}`;

/** Each change once, and of each kind the first ones. */
function listed(all: readonly Change[]): readonly Change[] {
  const seen = new Set<string>();
  const count = new Map<string, number>();
  return all.filter((change) => {
    const kind = kindOf(change);
    const known = count.get(kind) ?? 0;
    if (known >= LISTED) return false;
    const key = JSON.stringify(change);
    if (seen.has(key)) return false;
    count.set(kind, known + 1);
    seen.add(key);
    return true;
  });
}

/** Each change once, and what they come to. */
export function concluded(all: readonly Change[], unknown: boolean): Changes {
  const items = listed(all);
  const bad = items.some(({ permitted, code }) => !permitted && !UNCERTAIN.has(code));
  if (bad) return { result: "forbidden", items };
  if (unknown || items.some(({ permitted }) => !permitted)) return { result: "unknown", items };
  return { result: items.length === 0 ? "none" : "permitted", items };
}

/** They say why nothing can be said. */
const UNCERTAIN: ReadonlySet<string> = new Set([
  "object_unreadable",
  "analysis_limit",
  "file_repaired",
  "coverage_unclear",
]);
