import { expect, test } from "vitest";
import { environment } from "../../lib/aws/environment.ts";

const NEEDED = { MOTLAN_TABLE: "motlan", MOTLAN_PUBLIC_URL: "https://ky.example", MOTLAN_ISSUERS: "[]" };

test("what is not said trusts nobody more, asks nobody, and takes no larger files", () => {
  expect(environment(NEEDED)).toMatchObject({ trustFile: undefined, statusHosts: [], bodyLimits: {}, isolated: false });
  expect(environment({ ...NEEDED, MOTLAN_TRUST_FILE: "", MOTLAN_STATUS_HOSTS: " " })).toMatchObject({
    trustFile: undefined,
    statusHosts: [],
    documentHosts: [],
  });
});

test("hosts stand with blanks or commas between, and a limit is a number of octets", () => {
  const told = environment({
    ...NEEDED,
    MOTLAN_STATUS_HOSTS: "a.example, b.example:8080\nc.example",
    MOTLAN_DOCUMENT_HOSTS: "giayto.example localhost:8787,",
    MOTLAN_VERIFICATION_LIMIT: "7",
  });
  expect(told.documentHosts).toEqual(["giayto.example", "localhost:8787"]);
  expect(told.statusHosts).toEqual(["a.example", "b.example:8080", "c.example"]);
  expect(told.bodyLimits).toEqual({ "verification.create": 7 });
});

test.each<[string, string]>([
  ...Object.keys(NEEDED).map((name): [string, string] => [name, ""]),
  ["MOTLAN_VERIFICATION_LIMIT", "much"],
  ["MOTLAN_VERIFICATION_LIMIT", "-1"],
])("a function with %s=%j does not start", (name, value) => {
  expect(() => environment({ ...NEEDED, [name]: value })).toThrow(TypeError);
});
