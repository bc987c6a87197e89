import { expect, test } from "vitest";
import { providerSessions } from "../../lib/local/provider-sessions.ts";

test("a record lives as long as it was given, and not a moment longer", async () => {
  let now = 1_000_000;
  const codes = providerSessions(() => now)("AuthorizationCode");
  await codes.upsert("a", { grantId: "g" }, 60);
  now += 59_999;
  expect(await codes.find("a")).toMatchObject({ grantId: "g" });
  now += 1;
  expect(await codes.find("a")).toBeUndefined();
});

test("models do not see each other's records", async () => {
  const sessions = providerSessions(Date.now);
  await sessions("Session").upsert("a", { uid: "u" }, 60);
  expect(await sessions("Interaction").find("a")).toBeUndefined();
  expect(await sessions("Interaction").findByUid("u")).toBeUndefined();
  expect(await sessions("Session").findByUid("u")).toMatchObject({ uid: "u" });
  await sessions("Session").destroy("a");
  expect(await sessions("Session").findByUid("u")).toBeUndefined();
});

test("revoking a grant takes all that came of it", async () => {
  const sessions = providerSessions(Date.now);
  await sessions("AccessToken").upsert("t", { grantId: "g" }, 60);
  await sessions("AuthorizationCode").upsert("c", { grantId: "g" }, 60);
  await sessions("AccessToken").upsert("other", { grantId: "h" }, 60);
  await sessions("AccessToken").revokeByGrantId("g");
  expect(await sessions("AccessToken").find("t")).toBeUndefined();
  expect(await sessions("AuthorizationCode").find("c")).toBeUndefined();
  expect(await sessions("AccessToken").find("other")).toBeDefined();
});

test("memory stays flat: the oldest records go", async () => {
  const codes = providerSessions(Date.now)("AuthorizationCode");
  for (let at = 0; at < 10_100; at++) await codes.upsert(`code-${at}`, {}, 60);
  expect(await codes.find("code-99")).toBeUndefined();
  expect(await codes.find("code-100")).toBeDefined();
  expect(await codes.find("code-10099")).toBeDefined();
});
