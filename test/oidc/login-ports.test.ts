import { describe, expect, test } from "vitest";
import { demoIssuers } from "../../bin/local/demo-issuers.ts";
import { loginProviders } from "../../lib/oidc/login-ports.ts";

const ISSUER = "http://localhost:8788";
const [DEMO] = demoIssuers(ISSUER) as readonly { readonly login: object }[];

const providersWith = (login: object) =>
  loginProviders(JSON.stringify([{ ...DEMO, login: { ...DEMO?.login, ...login } }]), Date.now);

describe("what people know a provider by", () => {
  test("is what the operator says, and nothing where the operator says nothing", () => {
    expect(providersWith({ name: "VNeID" }).providerNames).toEqual(["VNeID"]);
    expect(providersWith({ name: undefined }).providerNames).toEqual([undefined]);
  });

  test.each([7, "", " ", "VNe\u202eID", "V".repeat(41)])(
    "is plain text of a button's length: %j is refused",
    (name) => {
      expect(() => providersWith({ name })).toThrow(TypeError);
    },
  );
});
