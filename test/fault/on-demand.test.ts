import { expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { NotLoaded, onDemand, whenLoaded } from "../../lib/fault/on-demand.ts";

test("what needs a part is done from the beginning once the part is there, and each part is loaded once", async () => {
  const loads: string[] = [];
  const [one, other] = ["one", "other"].map((name) =>
    onDemand(async () => {
      loads.push(name);
      return name;
    }),
  );
  if (one === undefined || other === undefined) throw new TypeError("two parts");
  let begun = 0;
  const work = async () => {
    begun++;
    return `${one()} ${other()}`;
  };
  expect(await whenLoaded(work)).toBe("one other");
  expect(begun).toBe(3);
  expect(await whenLoaded(work)).toBe("one other");
  expect(begun).toBe(4);
  expect(loads).toEqual(["one", "other"]);
});

test("work that needs nothing is done once", async () => {
  let begun = 0;
  expect(await whenLoaded(() => ++begun)).toBe(1);
});

test("who does not wait is told so, and not by a Fault: no file is to blame", () => {
  const part = onDemand(async () => 1);
  expect(part).toThrow(NotLoaded);
  expect(part).not.toThrow(Fault);
});

test("a part that cannot be loaded ends the work with the reason, and can be asked for again", async () => {
  let reachable = false;
  const part = onDemand(async () => {
    if (!reachable) throw new TypeError("no connection");
    return "here";
  });
  await expect(whenLoaded(part)).rejects.toThrow("no connection");
  reachable = true;
  expect(await whenLoaded(part)).toBe("here");
});

test("what goes wrong in the work itself goes through", async () => {
  const fault = new Fault("pdf_invalid", "no header");
  await expect(
    whenLoaded(() => {
      throw fault;
    }),
  ).rejects.toBe(fault);
});
