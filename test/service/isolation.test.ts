import { afterEach, describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { type Isolation, type IsolationLimits, isolate } from "../../lib/service/isolation.ts";

type Question = readonly [string, unknown?];
const SCRIPT = new URL("./hostile-child.ts", import.meta.url);
const LIMITS: IsolationLimits = { processes: 1, waiting: 100, milliseconds: 2_000, megabytes: 300 };

let open: Isolation<Question, unknown> | undefined;
afterEach(() => open?.close());
function newIsolation(limits: Partial<IsolationLimits> = {}): Isolation<Question, unknown> {
  open = isolate<Question, unknown>(SCRIPT, { ...LIMITS, ...limits });
  return open;
}

const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "answered",
    (error) => (error instanceof Fault ? error.code : String(error)),
  );

describe("a process of its own for hostile input", () => {
  test("answers, octets included, and is used again", async () => {
    const { ask } = newIsolation();
    const octets = new Uint8Array([1, 2, 3]);
    expect(await ask(["echo", { octets }])).toEqual({ octets });
    expect(await ask(["pid"])).toBe(await ask(["pid"]));
  });

  test.each([
    ["loop", "time_limit"],
    ["heap", "memory_limit"],
    ["buffers", "memory_limit"],
    ["stack", "memory_limit"],
    ["abort", "memory_limit"],
    ["exit", "internal"],
    ["fault", "pdf_encrypted"],
    ["throws", "internal"],
  ])("%s costs one answer, %s, and the next question is answered", async (deed, code) => {
    const { ask } = newIsolation({ milliseconds: deed === "loop" ? 300 : 20_000 });
    const [first, second] = [codeOf(ask([deed])), ask(["echo", 7])];
    expect(await first).toBe(code);
    expect(await second).toBe(7);
  });

  test("what one question leaves behind is not held against the next", async () => {
    const { ask } = newIsolation({ megabytes: 450, milliseconds: 20_000 });
    for (let i = 0; i < 5; i++) {
      expect(await ask(["litter", 250])).toBe(250 * 1024 * 1024);
      expect(await ask(["resident"])).toBeLessThan(200);
    }
  });

  test("a process that cannot be rid of what it holds makes room for a new one, and no question is lost", async () => {
    const { ask } = newIsolation({ milliseconds: 20_000 });
    const first = await ask(["pid"]);
    await ask(["keep", 150]);
    expect(await ask(["litter", 100])).toBe(100 * 1024 * 1024);
    expect(await ask(["pid"])).not.toBe(first);
  });

  test("an unexpected failure does not tell what it was about", async () => {
    const { ask } = newIsolation();
    await expect(ask(["throws"])).rejects.toThrow(/^unexpected failure$/);
  });

  test("every question has one answer, whatever its neighbours do", async () => {
    const { ask } = newIsolation({ processes: 2, milliseconds: 400 });
    const deeds: Question[] = [
      ["echo", 1],
      ["exit"],
      ["loop"],
      ["echo", 2],
      ["fault"],
      ["abort"],
      ["echo", 3],
      ["exit"],
    ];
    const answers = await Promise.all(deeds.map((deed) => codeOf(ask(deed))));
    expect(answers).toEqual([
      ...["answered", "internal", "time_limit", "answered", "pdf_encrypted", "memory_limit", "answered", "internal"],
    ]);
  });

  test("no more processes are started than questions need", async () => {
    const { ask } = newIsolation({ processes: 4 });
    const pids = [await ask(["pid"]), await ask(["pid"]), await ask(["pid"])];
    expect(new Set(pids).size).toBe(1);
    expect(new Set(await Promise.all([ask(["slow", 200]), ask(["pid"]), ask(["pid"])])).size).toBeGreaterThan(1);
  });

  test("no more questions wait than there is room for, and room comes back", async () => {
    const { ask } = newIsolation({ waiting: 2 });
    expect(await ask(["echo", 0])).toBe(0);
    const asked = [ask(["slow", 200]), ask(["echo", 1]), ask(["echo", 2]), ask(["echo", 3])].map(codeOf);
    expect(await Promise.all(asked)).toEqual(["answered", "answered", "answered", "unavailable"]);
    expect(await ask(["echo", 4])).toBe(4);
  });

  test("a script that cannot be started answers every question, and ends", async () => {
    open = isolate(new URL("./not-there.ts", import.meta.url), LIMITS);
    expect(await codeOf(open.ask(["echo"]))).toBe("internal");
    expect(await codeOf(open.ask(["echo"]))).toBe("internal");
  });

  test("closing ends what is open and refuses what comes", async () => {
    const isolation = newIsolation();
    const asked = codeOf(isolation.ask(["slow", 5_000]));
    isolation.close();
    expect(await asked).toBe("unavailable");
    expect(await codeOf(isolation.ask(["echo"]))).toBe("unavailable");
  });
});
