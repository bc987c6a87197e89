import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { documentHosts, withAllowedAddresses } from "../../lib/service/document-hosts.ts";
import { newRequest } from "./transactions.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const hosts = documentHosts(["giayto.example", "files.example:8443", "localhost:8787"]);
const REFUSED = expect.objectContaining({ code: "address_not_allowed" });

describe("an address of a document", () => {
  test.each([
    ["https://giayto.example/a.pdf", "https://giayto.example/a.pdf"],
    ["HTTPS://GIAYTO.EXAMPLE:443/a.pdf?x=1", "https://giayto.example/a.pdf?x=1"],
    ["https://files.example:8443/tờ khai.pdf", "https://files.example:8443/t%E1%BB%9D%20khai.pdf"],
    ["http://localhost:8787/a", "http://localhost:8787/a"],
    ["https://giayto.example", "https://giayto.example/"],
  ])("%s is taken in one form", (text, form) => {
    expect(hosts.address(text)).toBe(form);
  });

  test.each([
    "http://giayto.example/a.pdf",
    "https://www.giayto.example/a.pdf",
    "https://giayto.example.evil.example/",
    "https://giayto.example@evil.example/",
    "https://an@giayto.example/",
    "https://an:x@giayto.example/",
    "https://giayto.example:8443/",
    "https://files.example/",
    "https://localhost:8787/",
    "http://localhost/",
    "http://127.0.0.1:8787/",
    "http://localhost.evil.example:8787/",
    "https://giayto.example./a.pdf",
    "https://giayto.example/a.pdf#b",
    "https://evil.example/https://giayto.example/",
    "https:\\\\evil.example\\giayto.example",
    "//giayto.example/a.pdf",
    "/a.pdf",
    "javascript:alert(1)//giayto.example",
    "data:application/pdf,x",
    "file:///etc/passwd",
    "blob:https://giayto.example/1",
    "ftp://giayto.example/",
    "",
    " ",
    `https://giayto.example/${"a".repeat(2048)}`,
  ])("%s is refused", (text) => {
    expect(() => hosts.address(text)).toThrow(REFUSED);
  });

  test("whatever is taken is on a host of the list, and is taken again as it is", () => {
    const parts = fc.constantFrom(
      "https://",
      "http://",
      "giayto.example",
      "localhost:8787",
      "@",
      "/",
      "\\",
      "#",
      "?",
      ":",
      ".",
      "evil.example",
      "%2e",
      "\t",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(parts, { maxLength: 8 }).map((all) => all.join("")),
          fc.webUrl(),
          fc.string(),
        ),
        (text) => {
          try {
            const form = hosts.address(text);
            expect(hosts.origins).toContain(new URL(form).origin);
            expect(hosts.address(form)).toBe(form);
          } catch (error) {
            if (!(error instanceof Fault)) throw error;
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("without a list nothing is taken", () => {
    const none = documentHosts([]);
    expect(none.origins).toEqual([]);
    expect(() => none.address("https://giayto.example/")).toThrow(REFUSED);
  });
});

test.each([
  "https://giayto.example",
  "giayto.example/",
  "a b",
  "*.giayto.example",
  "GIAYTO.example",
  "giayto.example:443",
  "",
  "an@giayto.example",
  "1",
  "giayto.example;x",
])("a host is named plainly, so %j stops the start", (entry) => {
  expect(() => documentHosts([entry])).toThrow(TypeError);
});

test("origins are what browsers compare and policies name", () => {
  expect(hosts.origins).toEqual(["https://giayto.example", "https://files.example:8443", "http://localhost:8787"]);
});

test("a request keeps everything but its addresses as it is", () => {
  const { request } = newRequest();
  expect(withAllowedAddresses(request, hosts)).toEqual(request);
  const documents = request.documents.map((document) => ({ ...document, url: "https://GIAYTO.example/a" }));
  const prepared = { ...request, documents, returnUrl: "https://giayto.example" };
  expect(withAllowedAddresses(prepared, hosts)).toEqual({
    ...request,
    documents: documents.map((document) => ({ ...document, url: "https://giayto.example/a" })),
    returnUrl: "https://giayto.example/",
  });
});
