import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { personaLogin } from "../../bin/motlan/persona-login.ts";
import { type Service, startService } from "./service.ts";

// A portal's own page with the running service and the embedded provider: the confidential client, cookies, redirects.

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

type View = {
  readonly id: string;
  readonly state: string;
  readonly commitment: string;
  readonly preimage: { readonly intent: { readonly sha256: string } };
  readonly signatures?: readonly unknown[];
};

async function open() {
  const secret = randomBytes(32);
  const body = {
    id: randomBytes(16).toString("base64url"),
    ownerHash: createHash("sha256").update(secret).digest("base64url"),
    documents: [1, 2].map((n) => ({
      alg: "SHA-256",
      digest: randomBytes(32).toString("base64url"),
      title: `Đơn ${n}`,
    })),
    relyingParty: "Uỷ ban nhân dân phường Thử Nghiệm",
  };
  const headers = { "content-type": "application/json", "motlan-owner-secret": secret.toString("base64url") };
  const view = await call<View>("POST", "/v1/transactions", { headers, body: JSON.stringify(body) });
  return { view, headers };
}

async function call<T>(method: string, path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(service.url + path, { method, ...init });
  expect(response.ok).toBe(true);
  return (await response.json()) as T;
}

/** Approves, goes to the provider as this person, and comes back; the cookie is the browser's. */
async function approveAndReturn(persona: string) {
  const { view, headers } = await open();
  const shown = { commitment: view.commitment, intentSha256: view.preimage.intent.sha256 };
  const path = `/v1/transactions/${view.id}`;
  const approval = await fetch(`${service.url}${path}/approval`, {
    method: "POST",
    headers,
    body: JSON.stringify(shown),
  });
  const cookie = approval.headers.get("set-cookie")?.split(";")[0] ?? "";
  const left = await fetch(`${service.url}${path}/authorize`, { redirect: "manual", headers: { cookie } });
  expect(left.status).toBe(303);
  const callback = `${service.url}/v1/oidc/callback`;
  const back = await personaLogin(left.headers.get("location") ?? "", persona, callback);
  /** @returns where the browser is sent */
  const visit = async () => {
    const { status, headers: answer } = await fetch(back, { redirect: "manual", headers: { cookie } });
    expect(status).toBe(303);
    return answer.get("location");
  };
  return { id: view.id, read: () => call<View>("GET", path, { headers }), visit, back };
}

describe("a portal sends a person through the service's own login", () => {
  test("and both documents are signed when the person comes back; coming back again changes nothing", async () => {
    const { id, read, visit } = await approveAndReturn("an");
    expect((await read()).state).toBe("pending");
    expect(await visit()).toBe(`/ky#${id}`);
    const signed = await read();
    expect(signed.state).toBe("signed");
    expect(signed.signatures).toHaveLength(2);
    expect(await visit()).toBe(`/ky#${id}`);
    expect(await read()).toEqual(signed);
  });

  test("the way back is of no use to another browser", async () => {
    const { back, read } = await approveAndReturn("an");
    const refused = await fetch(back, { redirect: "manual" });
    expect(refused.headers.get("location")).toBe("/ky#!approval_missing");
    expect((await read()).state).toBe("pending");
  });

  test.each([
    ["chi", "login_cancelled"],
    ["binh", "assurance_too_low"],
    ["giang", "identity_inactive"],
  ])("%s comes back to the page, which is told why nothing was signed", async (persona, code) => {
    const { id, read, visit } = await approveAndReturn(persona);
    expect(await visit()).toBe(`/ky#${id}!${code}`);
    expect((await read()).state).toBe("pending");
  });
});
