import { expect, test } from "vitest";
import { newApiWorld } from "./world.ts";

test("GET /v1/service hands on what signatures are in law, in the operator's words", async () => {
  const world = await newApiWorld();
  const response = await world.send("trust", "GET", "/v1/service");
  expect(await response.json()).toMatchObject({
    demo: true,
    legalLevelLabel: { vi: "Chữ ký điện tử cơ bản", en: "Basic electronic signature" },
  });
  await world.close();
});
