import { createHmac, createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  type KeySpec,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  type MacAlgorithmSpec,
  paginateListKeys,
  ScheduleKeyDeletionCommand,
  SignCommand,
  type SigningAlgorithmSpec,
  UpdateAliasCommand,
  VerifyCommand,
  VerifyMacCommand,
} from "@aws-sdk/client-kms";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toHex } from "../../lib/bytes/hex.ts";
import { LOCAL_REGION, localCredentials } from "../../lib/local/credentials.ts";
import { startKmsEndpoint } from "../../lib/local/kms-endpoint.ts";
import type { Running } from "../../lib/local/loopback.ts";
import { scratch } from "./directory.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const DAY = 86_400_000;

const directory = scratch();
const file = join(directory, "kms.json");
const credentials = localCredentials(join(directory, "credentials.json"));
let now = Date.UTC(2026, 10, 25);
let kms: Running;
let client: KMSClient;

async function start(): Promise<void> {
  kms = await startKmsEndpoint({ file, credentials, clock: () => now });
  client = new KMSClient({ endpoint: kms.url, region: LOCAL_REGION, credentials, maxAttempts: 1 });
}

async function stop(): Promise<void> {
  client.destroy();
  await kms.close();
}

beforeAll(start);
afterAll(stop);

async function createKey(KeySpec: KeySpec, KeyUsage: "SIGN_VERIFY" | "GENERATE_VERIFY_MAC" = "SIGN_VERIFY") {
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ KeySpec, KeyUsage, Description: "a test's" }));
  return { id: KeyMetadata?.KeyId as string, arn: KeyMetadata?.Arn as string };
}

const named = (name: string) => expect.objectContaining({ name });
const message = Uint8Array.from({ length: 100 }, (_, at) => at);

describe("signing", () => {
  test.each<[KeySpec, readonly SigningAlgorithmSpec[]]>([
    ["ECC_NIST_P256", ["ECDSA_SHA_256"]],
    ["ECC_NIST_P384", ["ECDSA_SHA_384"]],
    [
      "RSA_2048",
      [
        "RSASSA_PSS_SHA_256",
        "RSASSA_PSS_SHA_384",
        "RSASSA_PSS_SHA_512",
        "RSASSA_PKCS1_V1_5_SHA_256",
        "RSASSA_PKCS1_V1_5_SHA_512",
      ],
    ],
  ])("a %s key signs and verifies with %j", async (spec, algorithms) => {
    const { id } = await createKey(spec);
    const { PublicKey, SigningAlgorithms } = await client.send(new GetPublicKeyCommand({ KeyId: id }));
    const key = createPublicKey({ key: Buffer.from(PublicKey as Uint8Array), format: "der", type: "spki" });
    for (const SigningAlgorithm of algorithms) {
      expect(SigningAlgorithms).toContain(SigningAlgorithm);
      const input = { KeyId: id, Message: message, SigningAlgorithm };
      const { Signature } = await client.send(new SignCommand(input));
      const options = SigningAlgorithm.startsWith("RSASSA_PSS") ? { key, padding: 6, saltLength: -1 } : { key };
      const hash = SigningAlgorithm.slice(-3);
      expect(verify(`sha${hash}`, message, options, Signature as Uint8Array)).toBe(true);
      expect((await client.send(new VerifyCommand({ ...input, Signature }))).SignatureValid).toBe(true);
      const bad = Uint8Array.from(Signature as Uint8Array);
      bad[bad.length - 1] = (bad.at(-1) as number) ^ 1;
      await expect(client.send(new VerifyCommand({ ...input, Signature: bad }))).rejects.toThrow(
        named("KMSInvalidSignatureException"),
      );
    }
  });

  test.each<[KeySpec, SigningAlgorithmSpec, string]>([
    ["ECC_NIST_P256", "ECDSA_SHA_256", "SHA-256"],
    ["ECC_NIST_P384", "ECDSA_SHA_384", "SHA-384"],
  ])("a digest is signed as it is by a %s key, and its length has to fit", async (spec, SigningAlgorithm, hash) => {
    const { id } = await createKey(spec);
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: id }));
    const key = createPublicKey({ key: Buffer.from(PublicKey as Uint8Array), format: "der", type: "spki" });
    const digest = new Uint8Array(await crypto.subtle.digest(hash, message));
    const input = { KeyId: id, Message: digest, MessageType: "DIGEST", SigningAlgorithm } as const;
    const { Signature } = await client.send(new SignCommand(input));
    expect(verify(hash.replace("-", ""), message, key, Signature as Uint8Array)).toBe(true);
    expect((await client.send(new VerifyCommand({ ...input, Signature }))).SignatureValid).toBe(true);
    const raw = { KeyId: id, Message: message, SigningAlgorithm, Signature };
    expect((await client.send(new VerifyCommand(raw))).SignatureValid).toBe(true);
    for (const Message of [digest.subarray(1), new Uint8Array(64)])
      await expect(client.send(new SignCommand({ ...input, Message }))).rejects.toThrow(named("ValidationException"));
    await expect(client.send(new VerifyCommand({ ...input, Signature: Uint8Array.of(1) }))).rejects.toThrow(
      named("KMSInvalidSignatureException"),
    );
  });

  test("a message has 1 to 4,096 octets", async () => {
    const { id: KeyId } = await createKey("ECC_NIST_P256");
    const sign = (length: number) =>
      client.send(new SignCommand({ KeyId, Message: new Uint8Array(length), SigningAlgorithm: "ECDSA_SHA_256" }));
    expect((await sign(4096)).SigningAlgorithm).toBe("ECDSA_SHA_256");
    await expect(sign(4097)).rejects.toThrow(named("ValidationException"));
    await expect(sign(0)).rejects.toThrow(named("ValidationException"));
    await expect(sign(20_000)).rejects.toThrow(named("ValidationException"));
  });

  test("algorithm and usage are the key's own, whatever the caller asks", async () => {
    const ec = await createKey("ECC_NIST_P256");
    const hmac = await createKey("HMAC_256", "GENERATE_VERIFY_MAC");
    const sign = (KeyId: string, SigningAlgorithm: SigningAlgorithmSpec) =>
      client.send(new SignCommand({ KeyId, Message: message, SigningAlgorithm }));
    await expect(sign(ec.id, "ECDSA_SHA_384")).rejects.toThrow(named("InvalidKeyUsageException"));
    await expect(sign(ec.id, "RSASSA_PSS_SHA_256")).rejects.toThrow(named("InvalidKeyUsageException"));
    await expect(sign(hmac.id, "ECDSA_SHA_256")).rejects.toThrow(named("InvalidKeyUsageException"));
    await expect(sign(ec.id, "SM2DSA")).rejects.toThrow(named("ValidationException"));
    const mac = new GenerateMacCommand({ KeyId: ec.id, Message: message, MacAlgorithm: "HMAC_SHA_256" });
    await expect(client.send(mac)).rejects.toThrow(named("InvalidKeyUsageException"));
    // An algorithm that the key does have opens no operation of the other kind.
    await expect(sign(hmac.id, "HMAC_SHA_256" as SigningAlgorithmSpec)).rejects.toThrow(
      named("InvalidKeyUsageException"),
    );
    const crossed = { KeyId: ec.id, Message: message, MacAlgorithm: "ECDSA_SHA_256" as MacAlgorithmSpec };
    await expect(client.send(new GenerateMacCommand(crossed))).rejects.toThrow(named("InvalidKeyUsageException"));
    await expect(client.send(new GetPublicKeyCommand({ KeyId: hmac.id }))).rejects.toThrow(
      named("UnsupportedOperationException"),
    );
  });

  test("a dry run signs nothing", async () => {
    const { id: KeyId } = await createKey("ECC_NIST_P256");
    const input = { KeyId, Message: message, SigningAlgorithm: "ECDSA_SHA_256", DryRun: true } as const;
    await expect(client.send(new SignCommand(input))).rejects.toThrow(named("DryRunOperationException"));
  });

  test("a MAC verifies, and one flipped bit does not", async () => {
    const { id: KeyId } = await createKey("HMAC_256", "GENERATE_VERIFY_MAC");
    const input = { KeyId, Message: message, MacAlgorithm: "HMAC_SHA_256" } as const;
    const { Mac } = await client.send(new GenerateMacCommand(input));
    const { keys } = JSON.parse(readFileSync(file, "utf8"));
    const secret = Buffer.from(keys.find(({ id }: { id: string }) => id === KeyId).material, "base64");
    expect(toHex(Mac as Uint8Array)).toBe(createHmac("sha256", secret).update(message).digest("hex"));
    expect((await client.send(new VerifyMacCommand({ ...input, Mac }))).MacValid).toBe(true);
    const bad = Uint8Array.from(Mac as Uint8Array);
    bad[31] = (bad[31] as number) ^ 1;
    await expect(client.send(new VerifyMacCommand({ ...input, Mac: bad }))).rejects.toThrow(
      named("KMSInvalidMacException"),
    );
  });
});

describe("keys", () => {
  test("a key answers to its id, its ARN, its alias and the alias's ARN, and to nothing else", async () => {
    const { id, arn } = await createKey("ECC_NIST_P256");
    await client.send(new CreateAliasCommand({ AliasName: "alias/four-names", TargetKeyId: id }));
    const aliasArn = arn.replace(/key\/.*$/, "alias/four-names");
    for (const KeyId of [id, arn, "alias/four-names", aliasArn])
      expect((await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata).toMatchObject({ KeyId: id, Arn: arn });
    for (const KeyId of [
      "alias/other",
      `key/${id}`,
      id.toUpperCase(),
      arn.replace(LOCAL_REGION, "us-east-1"),
      "4d3e1b9a-0000-4000-8000-000000000000",
      "constructor",
      "__proto__",
    ])
      await expect(client.send(new DescribeKeyCommand({ KeyId }))).rejects.toThrow(named("NotFoundException"));
  });

  test("a disabled key does nothing until it is enabled", async () => {
    const { id: KeyId } = await createKey("ECC_NIST_P256");
    const sign = () => client.send(new SignCommand({ KeyId, Message: message, SigningAlgorithm: "ECDSA_SHA_256" }));
    await client.send(new DisableKeyCommand({ KeyId }));
    await expect(sign()).rejects.toThrow(named("DisabledException"));
    await expect(client.send(new GetPublicKeyCommand({ KeyId }))).rejects.toThrow(named("DisabledException"));
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({ KeyState: "Disabled", Enabled: false });
    await client.send(new EnableKeyCommand({ KeyId }));
    expect((await sign()).Signature).toBeInstanceOf(Uint8Array);
  });

  test("a key whose deletion is scheduled waits, can be saved, and is gone from the disk afterwards", async () => {
    const { id: KeyId } = await createKey("ECC_NIST_P256");
    const schedule = (PendingWindowInDays: number) =>
      client.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays }));
    await client.send(new CreateAliasCommand({ AliasName: "alias/going", TargetKeyId: KeyId }));
    await expect(schedule(6)).rejects.toThrow(named("ValidationException"));
    expect((await schedule(7)).DeletionDate?.getTime()).toBe(now + 7 * DAY);
    const sign = new SignCommand({ KeyId, Message: message, SigningAlgorithm: "ECDSA_SHA_256" });
    await expect(client.send(sign)).rejects.toThrow(named("KMSInvalidStateException"));
    await expect(client.send(new EnableKeyCommand({ KeyId }))).rejects.toThrow(named("KMSInvalidStateException"));
    await expect(schedule(7)).rejects.toThrow(named("KMSInvalidStateException"));
    await client.send(new CancelKeyDeletionCommand({ KeyId }));
    await expect(client.send(sign)).rejects.toThrow(named("DisabledException"));
    await expect(client.send(new CancelKeyDeletionCommand({ KeyId }))).rejects.toThrow(
      named("KMSInvalidStateException"),
    );
    await schedule(7);
    now += 7 * DAY;
    await expect(client.send(new DescribeKeyCommand({ KeyId }))).rejects.toThrow(named("NotFoundException"));
    await stop();
    await start();
    expect(readFileSync(file, "utf8")).not.toContain(KeyId);
    expect(readFileSync(file, "utf8")).not.toContain("alias/going");
  });

  test("an alias is taken once, moves to a key of the same type only, and can be removed", async () => {
    const [first, second] = [await createKey("ECC_NIST_P256"), await createKey("ECC_NIST_P256")];
    const hmac = await createKey("HMAC_256", "GENERATE_VERIFY_MAC");
    const AliasName = "alias/moves";
    const create = (TargetKeyId: string) => client.send(new CreateAliasCommand({ AliasName, TargetKeyId }));
    const update = (TargetKeyId: string) => client.send(new UpdateAliasCommand({ AliasName, TargetKeyId }));
    await expect(update(first.id)).rejects.toThrow(named("NotFoundException"));
    await create(first.id);
    await expect(create(first.id)).rejects.toThrow(named("AlreadyExistsException"));
    await expect(update(hmac.id)).rejects.toThrow(named("ValidationException"));
    await update(second.id);
    const { Aliases } = await client.send(new ListAliasesCommand({ KeyId: second.id }));
    expect(Aliases).toMatchObject([{ AliasName, TargetKeyId: second.id }]);
    await client.send(new DeleteAliasCommand({ AliasName }));
    await expect(client.send(new DeleteAliasCommand({ AliasName }))).rejects.toThrow(named("NotFoundException"));
  });

  test.each(["plain", "alias/", "alias/aws/own", "alias/with space"])("%j is not an alias", async (AliasName) => {
    const { id: TargetKeyId } = await createKey("ECC_NIST_P256");
    await expect(client.send(new CreateAliasCommand({ AliasName, TargetKeyId }))).rejects.toThrow(
      named("InvalidAliasNameException"),
    );
  });

  test("what is not built says so instead of making another key", async () => {
    for (const input of [{}, { KeySpec: "SYMMETRIC_DEFAULT" }, { KeySpec: "RSA_2048", MultiRegion: true }] as const)
      await expect(client.send(new CreateKeyCommand({ KeyUsage: "SIGN_VERIFY", ...input }))).rejects.toThrow(
        named("UnsupportedOperationException"),
      );
    for (const input of [
      { KeySpec: "ECC_SECG_P256K1", KeyUsage: "SIGN_VERIFY" },
      { KeySpec: "ECC_NIST_P256" },
      { KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" },
    ] as const)
      await expect(client.send(new CreateKeyCommand(input))).rejects.toThrow(named("ValidationException"));
  });

  test("lists come in pages that the SDK can follow", async () => {
    const { Keys = [] } = await client.send(new ListKeysCommand({}));
    expect(Keys.length).toBeGreaterThan(5);
    const seen: unknown[] = [];
    for await (const page of paginateListKeys({ client, pageSize: 2 }, {})) seen.push(...(page.Keys ?? []));
    expect(seen).toEqual(Keys);
    await expect(client.send(new ListKeysCommand({ Marker: "x" }))).rejects.toThrow(named("InvalidMarkerException"));
  });
});

describe("the key file", () => {
  test("only its owner can read it, and no draft is left beside it", () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(join(directory, "credentials.json"))).toBe(true);
    expect(statSync(join(directory, "credentials.json")).mode & 0o777).toBe(0o600);
  });

  test("keys are the same after a restart", async () => {
    const { id: KeyId } = await createKey("ECC_NIST_P256");
    const before = await client.send(new GetPublicKeyCommand({ KeyId }));
    await stop();
    await start();
    const after = await client.send(new GetPublicKeyCommand({ KeyId }));
    expect(after.PublicKey).toEqual(before.PublicKey);
  });

  test("two endpoints over one file see and keep each other's keys", async () => {
    const second = await startKmsEndpoint({ file, credentials, clock: () => now });
    const other = new KMSClient({ endpoint: second.url, region: LOCAL_REGION, credentials, maxAttempts: 1 });
    const mine = await createKey("ECC_NIST_P256");
    const input = { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" } as const;
    const { KeyMetadata: theirs } = await other.send(new CreateKeyCommand(input));
    for (const KeyId of [mine.id, theirs?.KeyId]) {
      expect((await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyId).toBe(KeyId);
      expect((await other.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyId).toBe(KeyId);
    }
    other.destroy();
    await second.close();
  });

  test.each(["", "{", "{}", '{"version":2,"keys":[],"aliases":[]}', '{"version":1,"keys":[{"id":"x"}],"aliases":[]}'])(
    "a damaged file (%j) stops the start and is left as it is",
    async (damage) => {
      const damaged = join(directory, "damaged.json");
      writeFileSync(damaged, damage);
      await expect(startKmsEndpoint({ file: damaged, credentials })).rejects.toThrow("damaged");
      expect(readFileSync(damaged, "utf8")).toBe(damage);
    },
  );
});

/** A request as a program would send it that is not the SDK. */
function send(body: string | Uint8Array, headers: Record<string, string> = {}, method = "POST") {
  const { port } = new URL(kms.url);
  const all: Record<string, string> = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "TrentService.ListKeys",
    Authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261125/${LOCAL_REGION}/kms/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`,
    ...headers,
  };
  for (const [name, value] of Object.entries(all)) if (value === "") delete all[name];
  return new Promise<{ status: number; type: string | undefined }>((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method, headers: all }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        const text = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 0, type: text === "" ? undefined : JSON.parse(text).__type });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

describe("the door", () => {
  test("a request with the right credentials passes (positive control)", async () => {
    expect(await send("{}")).toEqual({ status: 200, type: undefined });
  });

  test.each<[string, Record<string, string>, number, string]>([
    ["a rebound name in Host", { Host: "evil.example" }, 421, "AccessDeniedException"],
    ["localhost by name in Host", { Host: "localhost" }, 421, "AccessDeniedException"],
    ["a web page's Origin", { Origin: "http://localhost:8787" }, 403, "AccessDeniedException"],
    ["no Authorization", { Authorization: "" }, 400, "MissingAuthenticationTokenException"],
    ["another scheme", { Authorization: "Bearer x" }, 400, "IncompleteSignatureException"],
    ["another content type", { "Content-Type": "text/plain" }, 400, "UnknownOperationException"],
    ["another service", { "X-Amz-Target": "DynamoDB_20120810.ListTables" }, 400, "UnknownOperationException"],
    ["an operation that is not built", { "X-Amz-Target": "TrentService.Decrypt" }, 400, "UnknownOperationException"],
    ["a name from Object.prototype", { "X-Amz-Target": "TrentService.constructor" }, 400, "UnknownOperationException"],
  ])("%s is refused", async (_, headers, status, type) => {
    expect(await send("{}", headers)).toEqual({ status, type });
  });

  test.each(["kms", "dynamodb"])("foreign credentials for %s are refused", async (service) => {
    const Authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261125/${LOCAL_REGION}/${service}/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;
    const type = service === "kms" ? "UnrecognizedClientException" : "IncompleteSignatureException";
    expect(await send("{}", { Authorization })).toEqual({ status: 400, type });
  });

  test("GET is refused", async () => {
    expect(await send("", {}, "GET")).toEqual({ status: 400, type: "UnknownOperationException" });
  });

  test.each(["", "null", "[]", "1", "{", '"x"', "[".repeat(60_000)])(
    "a body %.10j is a SerializationException",
    async (body) => {
      expect(await send(body)).toEqual({ status: 400, type: "SerializationException" });
    },
  );

  test("a body that is not UTF-8 is a SerializationException", async () => {
    expect(await send(Uint8Array.of(0x7b, 0xff, 0x7d))).toEqual({ status: 400, type: "SerializationException" });
  });

  test("a body over the cap is refused, and a flood is cut off at once", async () => {
    expect(await send("x".repeat(65_537))).toEqual({ status: 413, type: "RequestEntityTooLargeException" });
    const started = performance.now();
    await send(new Uint8Array(20_000_000)).catch(() => undefined);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await send("{}")).toEqual({ status: 200, type: undefined });
  });

  test("a client that hangs up half-way harms nobody", async () => {
    const { hostname, port } = new URL(kms.url);
    const socket = connect(Number(port), hostname);
    const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: TrentService.ListKeys\r\nAuthorization: AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261125/x/kms/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}\r\nContent-Length: 100\r\n\r\n{`;
    await new Promise<void>((resolve) => socket.write(head, () => resolve()));
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    expect(await send("{}")).toEqual({ status: 200, type: undefined });
  });

  test("whatever the members are, the answer is a KMS error or a result, never a failure", async () => {
    const operations = [
      "Sign",
      "Verify",
      "GenerateMac",
      "VerifyMac",
      "GetPublicKey",
      "DescribeKey",
      "CreateAlias",
      "UpdateAlias",
      "DeleteAlias",
      "ListAliases",
      "ListKeys",
      "EnableKey",
      "ScheduleKeyDeletion",
      "CreateKey",
    ];
    const member = fc.constantFrom(
      "KeyId",
      "Message",
      "MessageType",
      "SigningAlgorithm",
      "MacAlgorithm",
      "Signature",
      "Mac",
      "AliasName",
      "TargetKeyId",
      "Limit",
      "Marker",
      "KeySpec",
      "KeyUsage",
      "PendingWindowInDays",
      "Description",
      "Origin",
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom("AAAA", "alias/four-names", "ECDSA_SHA_256", "HMAC_SHA_256", "DIGEST", "SIGN_VERIFY", ""),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), fc.dictionary(member, value), async (operation, input) => {
        const { status } = await send(JSON.stringify(input), { "X-Amz-Target": `TrentService.${operation}` });
        expect([200, 400]).toContain(status);
      }),
      { numRuns: RUNS },
    );
  });
});
