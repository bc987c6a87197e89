import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROUTES } from "../../lib/api/routes.ts";
import { keyHash } from "../../lib/assist/keys.ts";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import { fromHex } from "../../lib/bytes/hex.ts";
import { lookupCode, openingCode } from "../../lib/identity/lookup-code.ts";
import { writeCertId } from "../../lib/revocation/cert-id.ts";
import { buildOcspRequest } from "../../lib/revocation/ocsp-request.ts";
import { standingOf } from "../../lib/service/standing.ts";
import { FUNCTIONS } from "../../lib/stack/needs.ts";
import { newApiWorld, URL_, type View } from "../api/world.ts";
import { ISSUER } from "../service/signing-world.ts";
import { newRequest } from "../service/transactions.ts";
import { newAuthenticator } from "../worlds/authenticator.ts";
import { activeSession, OFFICER } from "../worlds/session.ts";
import { list, resource, type Statement, statementsOf } from "./synthesised.ts";

// Least privilege, from both sides: what the handlers really ask of the table is allowed by the policy of their function, and what a policy allows
// is really asked. A door that is opened here and refused there would be found on the day of the deployment, one that is open for nothing never.

const TABLE = "<Storage/Table.Arn>";
type Asked = {
  readonly action: string;
  readonly resource: string;
  readonly keys: readonly string[];
  /** Undefined where a reading request names none, and so asks for all. */
  readonly attributes: readonly string[] | undefined;
  readonly returnValues: string | undefined;
};
type Input = Readonly<Record<string, never>> & {
  readonly Key?: object;
  readonly Item?: object;
  readonly IndexName?: string;
  readonly ReturnValues?: string;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly { pk: string }[] }>>;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, string>>;
};

const current = new AsyncLocalStorage<string>();
const asked = new Map<string, Asked[]>(FUNCTIONS.map((name) => [name, []]));
const visited = new Set<string>();
let world: Awaited<ReturnType<typeof newApiWorld>>;

/** What IAM sees of a request: names of attributes are those of the top level. */
function askedBy(command: string, input: Input): readonly Asked[] {
  const batch = Object.values(input.RequestItems ?? {})[0];
  const { Key, Item, IndexName, ReturnValues: returnValues, ...rest } = { ...input, ...batch } as Input;
  const names = rest.ExpressionAttributeNames ?? {};
  const written = Object.entries(rest).filter(([name]) => name.endsWith("Expression"));
  const named = written.flatMap(([, text]) => [...String(text).matchAll(/(?<![.\w])#\w+/g)].map(([alias]) => alias));
  const partition = String(rest.KeyConditionExpression ?? "").match(/^(#\w+) = (:\w+)/)?.[2] ?? "";
  const [first] = batch?.Keys ?? [];
  const one = (Key ?? Item ?? first) as { readonly pk: string } | undefined;
  const keys = batch?.Keys.map(({ pk }) => pk) ?? [one?.pk ?? rest.ExpressionAttributeValues?.[partition] ?? "?"];
  const all = command.includes("Get") && !("ProjectionExpression" in rest);
  const attributes = [...Object.keys({ ...one }), ...named.map((alias) => names[alias] ?? alias)];
  const action = `dynamodb:${command.replace(/Command$/, "")}`;
  const asWritten = action === "dynamodb:Query" ? action : `${action.replace(/Item$/, "")}Item`;
  return [
    {
      action: asWritten,
      resource: IndexName === undefined ? TABLE : `${TABLE}/index/${IndexName}`,
      ...{ keys, returnValues, attributes: all ? undefined : attributes },
    },
  ];
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** As IAM evaluates the conditions that lib/stack/grants.ts writes; any other is a failure of this test. */
function allows({ Action, Resource, Condition }: Statement, request: Asked): boolean {
  if (!list(Action).includes(request.action) || !list(Resource).includes(request.resource)) return false;
  return Object.entries((Condition ?? {}) as Conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const wanted = list(values as never);
      if (key === "dynamodb:LeadingKeys" && operator === "Null") return request.keys.length > 0;
      if (key === "dynamodb:LeadingKeys")
        return request.keys.every((have) => wanted.some((pattern) => matches(pattern, have)));
      if (key === "dynamodb:Attributes") return request.attributes?.every((name) => wanted.includes(name)) ?? false;
      if (key === "dynamodb:ReturnValues")
        return request.returnValues === undefined || wanted.includes(request.returnValues);
      if (key === "dynamodb:Select") return request.attributes !== undefined;
      throw new Error(`an unknown condition: ${operator} ${key}`);
    }),
  );
}

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(text);

const escaped = (text: string): string => text.replace(/[^\w]/g, "\\$&");

const policyOf = (name: string): readonly Statement[] => {
  const id = name[0]?.toUpperCase() + name.slice(1);
  const { PolicyDocument } = resource(`Functions/${id}Policy`).Properties;
  return statementsOf(PolicyDocument).filter(({ Action }) => list(Action)[0]?.startsWith("dynamodb:"));
};

type Name = Parameters<typeof world.send>[0];
let caller = 0;
/** A request at the door of a route, as its function. @returns the JSON of the answer, empty where there is none */
async function visit(id: string, path: Readonly<Record<string, string>> = {}, init: RequestInit = {}) {
  const route = ROUTES.find((one) => one.id === id);
  if (route === undefined) throw new Error(id);
  visited.add(id);
  const address = route.path.replace(/\{(\w+)\+?\}/g, (_, name: string) => path[name] ?? "") + (path["?"] ?? "");
  const env = { event: { requestContext: { http: { sourceIp: `198.51.100.${caller++ % 250}` } } } };
  const response = await current.run(route.function, () =>
    world.send(route.function as Name, route.method, address, init, env),
  );
  const text = await response.clone().text();
  const json = text.startsWith("{") ? (JSON.parse(text) as Readonly<Record<string, never>>) : {};
  return { response, status: response.status, json, to: response.headers.get("location") ?? "" };
}

const NOBODYS = { "content-type": "application/json" };
const post = (body: unknown, headers: Record<string, string> = {}) => world.json(body, { ...NOBODYS, ...headers });

beforeAll(async () => {
  world = await newApiWorld();
  world.table.client.middlewareStack.add(
    (next, context) => (args) => {
      const name = current.getStore();
      const command = String((context as { readonly commandName?: string }).commandName);
      if (name !== undefined) asked.get(name)?.push(...askedBy(command, args.input as Input));
      return next(args);
    },
    { step: "initialize" },
  );
  await everything();
}, 60_000);
afterAll(() => world.close());

/** Every door once, with what opens it, so that it does all that it is there for. */
async function everything(): Promise<void> {
  const { view, owner } = await opened();
  await approveAndReturn(view, owner);
  await helped(await ownPasskey({ issuer: ISSUER }));
  const signed = await world.ports.store.read(view.id);
  const { lease, result } = signed ?? {};
  if (lease === undefined || result === undefined) throw new Error("not signed");
  await look(view, owner, lease.serial);
  await ownPages(view, result.person.pseudonym);
}

async function opened(changes: object = {}, headers: Record<string, string> = {}) {
  const { request, secret } = newRequest(changes);
  const view = (await visit("transaction.create", {}, post(request, headers))).json as unknown as View;
  return { view, owner: { "motlan-owner-secret": secret } };
}

async function approveAndReturn(view: View, owner: Record<string, string>): Promise<void> {
  const shown = { commitment: view.commitment, intentSha256: view.preimage.intent.sha256 };
  const approval = await visit("transaction.approve", { id: view.id }, post(shown, owner));
  const headers = { cookie: approval.response.headers.get("set-cookie")?.split(";")[0] ?? "" };
  const { to } = await visit("transaction.authorize", { id: view.id }, { headers });
  world.login.exchange = () => world.token(view.commitment);
  const state = new URL(to).searchParams.get("state");
  expect((await visit("oidc.callback", { "?": `?code=c&state=${state}` }, { headers })).to).toBe(`/ky#${view.id}`);
  await visit("transaction.read", { id: view.id }, { headers: owner });
  const other = await opened();
  await visit("transaction.decline", { id: other.view.id }, { headers: other.owner });
}

async function ownPasskey(person: object): Promise<ReturnType<typeof newAuthenticator>> {
  const who = await activeSession(world.table.sessions, world.time.now, { person, returnTo: "/khoa" });
  const { headers } = who;
  const authenticator = newAuthenticator();
  const options = await visit("passkey.options", {}, post({}, headers));
  const response = authenticator.register(options.json as never);
  const { json } = await visit("passkey.enrol", {}, post({ name: "Máy", response }, headers));
  await visit("passkey.list", {}, { headers });
  await visit("passkey.rename", { id: json.id ?? "" }, post({ name: "Khác" }, headers));
  const spare = newAuthenticator();
  const again = await visit("passkey.options", {}, post({}, headers));
  const added = post({ name: "Nữa", response: spare.register(again.json as never) }, headers);
  const { id = "" } = (await visit("passkey.enrol", {}, added)).json;
  expect((await visit("passkey.remove", { id }, { headers })).status).toBe(204);
  return authenticator;
}

async function helped(authenticator: ReturnType<typeof newAuthenticator>): Promise<void> {
  const officer = (role: "officer" | "supervisor", subject: string) =>
    activeSession(world.table.sessions, world.time.now, {
      person: { ...OFFICER, subject, officer: { ...(OFFICER.officer as never as object), role } as never },
    });
  const { headers, session } = await officer("officer", `KM:VN-${"2".repeat(40)}`);
  const key = new Uint8Array(randomBytes(65));
  key[0] = 4;
  const question = { mode: "phone", reason: "other", officerKeyHash: toBase64Url(keyHash(key)) };
  const paths: string[] = [];
  for (const by of ["code", "secret"] as const) {
    const { json } = await visit("assistance.create", {}, post(question, headers));
    const { id, pairingCode, pairingSecret } = json as unknown as Record<string, string>;
    const joining = { [by]: by === "code" ? pairingCode : pairingSecret, citizenKey: toBase64Url(key) };
    const paired = (await visit("pairing.create", {}, post(joining))).json as unknown as Record<string, string>;
    const citizen = { "motlan-citizen-token": paired.citizenToken ?? "" };
    const path = { id: id ?? "", number: "0" };
    await visit("assistance.key", path, post({ officerKey: toBase64Url(key) }, headers));
    const octets = { ...headers, "content-type": "application/octet-stream", "motlan-part-count": "1" };
    await visit("assistance.put-part", path, { headers: octets, body: Uint8Array.of(1) });
    expect((await visit("assistance.get-part", path, { headers: citizen })).status).toBe(200);
    await visit("assistance.status", path, post({ code: "approving" }, citizen));
    const { view, owner } = await opened({ assistance: id }, citizen);
    const [idToken, assertion] = [await world.token(view.commitment), authenticator.assert(view.commitment)];
    const signed =
      by === "code"
        ? await visit("transaction.sign", { id: view.id }, post({ idToken }, owner))
        : await visit("transaction.sign-by-passkey", { id: view.id }, post({ assertion }, owner));
    expect(signed.json).toMatchObject({ state: "signed" });
    await visit("assistance.read", path, { headers });
    await visit("assistance.end", path, { headers });
    paths.push(path.id);
  }
  expect(paths).toHaveLength(2);
  const supervisor = await officer("supervisor", `KM:VN-${"3".repeat(40)}`);
  const day = await visit("assistance.list", {}, { headers: supervisor.headers });
  expect(day.json).toMatchObject({ officers: [{ signed: 2 }] });
  const more = { officer: session.person.subject, more: 1 };
  expect((await visit("assistance.raise", {}, post(more, supervisor.headers))).status).toBe(200);
}

async function look(view: View, owner: Record<string, string>, serial: string): Promise<void> {
  const code = lookupCode(view.id);
  await visit("proof.read", { id: view.id }, { headers: owner });
  for (const opening of ["222222", openingCode(view.id)])
    await visit("lookup.read", { code }, { headers: { "motlan-opening-code": opening } });
  await visit("lookup.page", { "?": `?ma=${code}` });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  await visit("lookup.open", {}, { headers: form, body: `ma=${code}&mo=${openingCode(view.id)}` });
  expect((await visit("standing.read", { serial })).status).toBe(200);
  // Whom the verification asks about: test/api/verification-standings has the files to it.
  visited.add("verification.create");
  await current.run("verification", () => standingOf(world.table, serial));
  const request = buildOcspRequest([writeCertId("SHA-1", world.pki.issuingCa, fromHex(serial) as Uint8Array)]);
  await visit("status.post", {}, { body: Uint8Array.from(request) });
  await visit("status.get", { request: encodeURIComponent(Buffer.from(request).toString("base64")) });
  for (const id of ["service.describe", "trust.list"]) await visit(id);
  await visit("pki.file", { file: "root.cer" });
}

async function ownPages(view: View, subject: string): Promise<void> {
  const open = await visit("session.open", {}, post({ returnTo: "/lich-su" }, { origin: URL_ }));
  const cookieOf = ({ headers }: Response) => headers.get("set-cookie")?.split(";")[0] ?? "";
  const pending = { cookie: cookieOf(open.response) };
  const { to } = await visit("session.authorize", {}, { headers: pending });
  const parameters = new URL(to).searchParams;
  world.login.exchange = () => world.token(parameters.get("nonce") ?? "");
  const back = `?code=c&state=${parameters.get("state")}`;
  const { response } = await visit("session.callback", { "?": back }, { headers: pending });
  const headers = { cookie: cookieOf(response), origin: URL_ };
  const own = (await visit("session.read", {}, { headers })).json as unknown as { person: { subject: string } };
  expect(own.person.subject).toBe(subject);
  await visit("session.extend", {}, post({}, headers));
  const { json } = await visit("activity.list", {}, { headers });
  const [newest] = json.activities as unknown as readonly { id: string }[];
  await visit("notice.list", {}, { headers });
  await visit("notice.read", {}, post({ until: newest?.id }, headers));
  for (const _ of ["first", "again"])
    expect((await visit("dispute.create", {}, post({ transactionId: view.id }, headers))).status).toBe(201);
  expect((await visit("session.end", {}, { headers })).status).toBe(204);
}

test("every door was opened", () => {
  expect([...visited].sort()).toEqual(ROUTES.map(({ id }) => id).sort());
});

test.each(FUNCTIONS)("%s asks the table for nothing that its policy refuses", (name) => {
  const policy = policyOf(name);
  const refused = (asked.get(name) ?? []).filter((request) => !policy.some((statement) => allows(statement, request)));
  expect(refused).toEqual([]);
});

test.each(FUNCTIONS)("%s may do nothing with the table that it does not do", (name) => {
  const requests = asked.get(name) ?? [];
  const idle = policyOf(name).flatMap((statement) =>
    list(statement.Action)
      .filter((action) => !requests.some((request) => request.action === action && allows(statement, request)))
      .map((action) => `${statement.Sid} ${action}`),
  );
  // The world of these tests holds the service's certificates in memory.
  expect(idle.filter((one) => !one.startsWith("PkiRead "))).toEqual([]);
});
