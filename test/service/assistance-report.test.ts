import { describe, expect, test } from "vitest";
import type { Assistance } from "../../lib/service/assistance.ts";
import { assistanceIdOf, dayOf } from "../../lib/service/assistance.ts";
import { summarise } from "../../lib/service/assistance-report.ts";
import type { Outcome } from "../../lib/service/assistance-store.ts";
import { newAssistance } from "./assistances.ts";
import { NOON } from "./transactions.ts";

const DAY = { officer: newAssistance().officer, count: 9, allowed: 40 };
const paired = (changes: Partial<Assistance> = {}) => newAssistance({ state: "paired", pairedAt: NOON, ...changes });
const outcome = (assistance: Assistance, id: string, changes: Partial<Outcome> = {}): Outcome => ({
  ...{ id, assistance: assistance.id, state: "signed", disputed: false },
  ...changes,
});

describe("an officer's day", () => {
  test("nobody joined: there is no rate and no median", () => {
    expect(summarise(DAY, [newAssistance()], [])).toMatchObject({
      ...{
        sessions: 1,
        paired: 0,
        signed: 0,
        declined: 0,
        disputed: 0,
        disputeRate: null,
        medianSeconds: null,
        allowed: 40,
      },
    });
    expect(summarise(DAY, [], []).officerName).toBeNull();
  });

  test("what was signed is counted by the transactions, whatever the phone said of itself", () => {
    const boasting = paired({ status: { code: "signed", at: NOON + 1000 }, transactions: ["a"] });
    const silent = paired({ transactions: ["b", "c"] });
    const outcomes = [
      outcome(boasting, "a", { state: "pending" }),
      outcome(silent, "b", { state: "declined" }),
      outcome(silent, "c"),
    ];
    expect(summarise(DAY, [boasting, silent], outcomes)).toMatchObject({ signed: 1, declined: 0 });
  });

  test("a transaction that names another assistance counts for nobody who noted it", () => {
    const [mine, other] = [paired({ transactions: ["a"] }), paired()];
    expect(summarise(DAY, [mine], [outcome(other, "a", { disputed: true })])).toMatchObject({ signed: 0, disputed: 0 });
    const none: Outcome = { id: "a", state: "signed", disputed: true };
    expect(summarise(DAY, [mine], [none])).toMatchObject({ signed: 0, disputed: 0 });
  });

  test("disputes are a share of what was signed", () => {
    const all = ["a", "b", "c", "d"].map((id) => paired({ transactions: [id] }));
    const outcomes = all.map((one, i) => outcome(one, String(one.transactions[0]), { disputed: i === 2 }));
    expect(summarise(DAY, all, outcomes)).toMatchObject({ signed: 4, disputed: 1, disputeRate: 0.25 });
  });

  test("a declined one is one transaction that was declined, or a phone that said so before there was any", () => {
    const [before, behind] = [paired({ status: { code: "declined", at: NOON } }), paired({ transactions: ["a"] })];
    expect(summarise(DAY, [before, behind], [outcome(behind, "a", { state: "declined" })])).toMatchObject({
      declined: 2,
    });
  });

  test.each<[string, readonly Partial<Assistance>[], number | null]>([
    ["one", [{ status: { code: "signed", at: NOON + 60_000 } }], 60],
    ["two", [{ endedAt: NOON + 60_000 }, { endedAt: NOON + 90_000 }], 75],
    ["three, in any order", [{ endedAt: NOON + 300_000 }, { endedAt: NOON + 10_000 }, { endedAt: NOON + 20_000 }], 20],
    [
      "the step that came before the end",
      [{ endedAt: NOON + 99_000, status: { code: "declined", at: NOON + 9_000 } }],
      9,
    ],
    ["none that is still going on", [{ status: { code: "identifying", at: NOON + 1000 } }], null],
    ["a clock that went back", [{ endedAt: NOON - 5000 }], 0],
  ])("the median of %s", (_, changes, expected) => {
    expect(summarise(DAY, changes.map(paired), []).medianSeconds).toBe(expected);
  });
});

test("a day begins at midnight in Hà Nội", () => {
  expect(dayOf(Date.UTC(2026, 10, 25, 16, 59, 59, 999))).toBe("2026-11-25");
  expect(dayOf(Date.UTC(2026, 10, 25, 17))).toBe("2026-11-26");
});

test("an id follows from a secret of 32 octets and from nothing else", () => {
  const secret = "A".repeat(43);
  expect(assistanceIdOf(secret)).toMatch(/^[\w-]{22}$/);
  expect(assistanceIdOf(secret)).toBe(assistanceIdOf(secret));
  for (const wrong of ["", "A".repeat(42), "A".repeat(44), `${"A".repeat(42)}B`, "=".repeat(43)])
    expect(assistanceIdOf(wrong)).toBeUndefined();
});
