import fc from "fast-check";
import { expect, test } from "vitest";
import { demoIssuers } from "../../bin/local/demo-issuers.ts";
import { toIdentity } from "../../lib/identity/identity.ts";
import { readIssuer } from "../../lib/identity/issuers.ts";
import type { JsonObject } from "../../lib/json/value.ts";
import { PERSONAS } from "../../lib/local/personas.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const ISSUER = "http://localhost:8788";
const [{ login: _login, ...config }] = demoIssuers(ISSUER) as [{ readonly login: unknown }];
const CONFIG = readIssuer(config);
const officerOf = (changes: JsonObject = {}, name: keyof typeof PERSONAS = "dung") => {
  const { claims, acr } = PERSONAS[name];
  return toIdentity({ iss: ISSUER, acr, ...claims, ...changes } as JsonObject, CONFIG).officer;
};
const DUNG = {
  unit: "Uỷ ban nhân dân phường Thử Nghiệm (DEMO)",
  unitCode: "H00.DEMO.001",
  title: "Công chức Tư pháp - Hộ tịch",
  role: "officer",
};

test("the office of a person comes out of the claims of the portal; whoever has none is a citizen", () => {
  expect(officerOf()).toEqual(DUNG);
  expect(officerOf({ VaiTro: "lanh_dao" })).toEqual({ ...DUNG, role: "supervisor" });
  expect(officerOf({}, "an")).toBeUndefined();
});

test("an office that is not told in full, in another role, or in text that hides something is none, and keeps nobody from logging in", () => {
  for (const changes of [
    ...["MaCoQuan", "TenCoQuan", "ChucVu"].flatMap((name) =>
      [undefined, null, "", " ", 7, ["x"], "a\u202eb", "x".repeat(201)].map((value) => ({ [name]: value })),
    ),
    ...[undefined, "can_bo ", "CAN_BO", "admin", true, ["can_bo"]].map((VaiTro) => ({ VaiTro })),
  ])
    expect(officerOf(changes as JsonObject), JSON.stringify(changes)).toBeUndefined();
});

test("any claims make an office of four plain texts, or none", () => {
  const value = fc.oneof(fc.string(), fc.constantFrom("can_bo", "lanh_dao", null, 1, true));
  const claims = fc.record({ MaCoQuan: value, TenCoQuan: value, ChucVu: value, VaiTro: value });
  fc.assert(
    fc.property(claims, (changes) => {
      const officer = officerOf(changes as JsonObject);
      if (officer === undefined) return;
      expect(Object.keys(officer).sort()).toEqual(["role", "title", "unit", "unitCode"]);
      for (const text of Object.values(officer)) expect(text.trim()).not.toBe("");
    }),
    { numRuns: RUNS },
  );
});
