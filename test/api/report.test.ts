import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { wantedForm } from "../../lib/api/report-answer.ts";
import { fromUtf8 } from "../../lib/bytes/bytes.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import type { VerifierQuestion } from "../../lib/service/verifier.ts";
import { signatureOf, verificationOf } from "../report/samples.ts";
import { newApiWorld } from "./world.ts";

const PDF = fromUtf8("%PDF-1.7 whatever");

let world: Awaited<ReturnType<typeof newApiWorld>>;
let asked: VerifierQuestion[];
let caller = 0;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  asked = [];
  caller++;
  world.judge.verify = async (question) => {
    asked.push(question);
    return { verification: verificationOf([signatureOf({ reason: "CCCD:001099012345" })]) };
  };
});

const post = (accept: string | undefined, query = "") =>
  world.send(
    "verification",
    "POST",
    `/v1/verifications${query}`,
    { body: PDF, headers: { "content-type": "application/pdf", ...(accept === undefined ? {} : { accept }) } },
    { event: { requestContext: { http: { sourceIp: `198.51.100.${caller}` } } } },
  );

describe("POST /v1/verifications with another form of answer", () => {
  test("Accept: application/pdf is a sealed report, under a seal that covers all of it", async () => {
    const response = await post("application/pdf", "?name=to-khai.pdf");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/pdf");
    expect(response.headers.get("content-disposition")).toContain("attachment");
    const [seal, ...more] = findSignatures(new Uint8Array(await response.arrayBuffer()));
    expect(more).toEqual([]);
    expect(seal).toMatchObject({ coversWholeFile: true, subFilter: "ETSI.CAdES.detached" });
    expect(asked[0]).toMatchObject({ facts: true });
  });

  test("Accept: application/xml is an ETSI report that names the service's certificate; numbers of people stay covered", async () => {
    const response = await post("application/xml");
    expect(response.headers.get("content-type")).toBe("application/xml; charset=utf-8");
    const xml = await response.text();
    expect(xml).toContain('xmlns="http://uri.etsi.org/19102/v1.4.1#"');
    expect(xml).toContain("<tsl:X509Certificate>");
    expect(xml).toContain("CCCD:*********345");
    expect(xml).not.toContain("001099012345");
  });

  test("without a wish for anything else it is JSON, and no facts are gathered for it", async () => {
    for (const accept of [undefined, "*/*", "text/html", "application/json"]) {
      const response = await post(accept);
      expect(response.headers.get("content-type"), accept).toMatch(/^application\/json/);
    }
    expect(asked.map(({ facts }) => facts)).toEqual([false, false, false, false]);
  });

  test("a name of a file that no file has is refused", async () => {
    const response = await post("application/pdf", `?name=${"x".repeat(256)}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "request_malformed" });
  });
});

describe("wantedForm", () => {
  for (const [accept, form] of [
    ["application/pdf", "pdf"],
    ["APPLICATION/PDF;q=0.5", "pdf"],
    ["text/xml", "xml"],
    ["application/pdf, application/json", "json"],
    ["application/json;q=0.1, application/pdf", "pdf"],
    ["application/pdf;q=0.4, application/xml;q=0.5", "xml"],
    ["application/pdf;q=0", "json"],
    ["application/pdf;q=x", "json"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "json"],
    ["application/pdf, */*;q=0.1", "pdf"],
    ["__proto__, constructor", "json"],
    ["", "json"],
  ] as const)
    test(`"${accept}" is ${form}`, () => expect(wantedForm(accept)).toBe(form));
});

test("an installation without a report seal says so, and answers JSON all the same", async () => {
  const old = await newApiWorld({ withoutReport: true });
  try {
    old.judge.verify = async () => ({ verification: verificationOf([]) });
    const init = { body: PDF, headers: { "content-type": "application/pdf", accept: "application/pdf" } };
    const refused = await old.send("verification", "POST", "/v1/verifications", init);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: "report_key_missing" });
    const json = await old.send("verification", "POST", "/v1/verifications", {
      body: PDF,
      headers: { "content-type": "application/pdf" },
    });
    expect(json.status).toBe(200);
  } finally {
    await old.close();
  }
});
