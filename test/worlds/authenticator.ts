import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { concat, fromUtf8 } from "../../lib/bytes/bytes.ts";
import type { Assertion, RegistrationResponse } from "../../lib/service/passkey-verifier.ts";

/** What is in the registration options, as far as an authenticator looks. */
export type CreateOptions = {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
};

/** Everything that a browser or an authenticator could say and should not. */
export type Lies = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  readonly notVerified?: boolean;
  readonly notPresent?: boolean;
  /** Flips a bit of the signature. */
  readonly badSignature?: boolean;
  /** Instead of the next one. */
  readonly counter?: number;
  readonly userHandle?: string | null;
  /** Signs with the key of somebody else. */
  readonly otherKey?: boolean;
  /** `self`: made by the new key, as it may be; `certified`: with a certificate, although nobody asked; `tpm`: of a format of its own. */
  readonly attestation?: "self" | "certified" | "tpm";
  /** Puts a member twice into the client data. */
  readonly doubled?: boolean;
};

type Algorithm = "ES256" | "RS256" | "EdDSA";

/**
 * A software authenticator with the browser in front of it (WebAuthn Level 2 §6.3): makes registration and assertion responses by
 * node:crypto alone, by an encoder of its own, so that it shares nothing with what checks them.
 *
 * @param make `counts`: whether it has a counter; `synced`: whether its keys are backed up
 */
export function newAuthenticator(
  make: {
    readonly origin?: string;
    readonly algorithm?: Algorithm;
    readonly counts?: boolean;
    readonly synced?: boolean;
    /** ES256 on P-384, RS256 with 1024 bits. */
    readonly odd?: boolean;
  } = {},
) {
  const { origin = "http://localhost:8787", algorithm = "ES256", counts = true, synced = false, odd = false } = make;
  const pair = newPair(algorithm, odd);
  const stranger = newPair(algorithm, odd);
  const credentialId = new Uint8Array(randomBytes(32));
  const id = Buffer.from(credentialId).toString("base64url");
  let counter = 0;
  let handle = base64Url(new Uint8Array(randomBytes(32)));
  let rpId = "localhost";

  const flags = (lies: Lies): number =>
    (lies.notPresent ? 0 : 0x01) | (lies.notVerified ? 0 : 0x04) | (synced ? 0x18 : 0);
  const authenticatorData = (lies: Lies, count: number, attested?: Uint8Array): Uint8Array =>
    concat(
      sha256(fromUtf8(lies.rpId ?? rpId)),
      Uint8Array.of(flags(lies) | (attested === undefined ? 0 : 0x40)),
      uint32(count),
      attested ?? new Uint8Array(0),
    );
  const clientData = (type: string, challenge: string, lies: Lies): Uint8Array => {
    const data = {
      type: lies.type ?? type,
      challenge: lies.challenge ?? challenge,
      origin: lies.origin ?? origin,
      crossOrigin: lies.crossOrigin ?? false,
      ...(lies.topOrigin === undefined ? {} : { topOrigin: lies.topOrigin }),
    };
    const text = JSON.stringify(data);
    return fromUtf8(lies.doubled ? text.replace("{", '{"challenge":"AAAA",') : text);
  };

  const signWith = (key: KeyObject, octets: Uint8Array): Uint8Array =>
    new Uint8Array(sign(algorithm === "EdDSA" ? null : "sha256", octets, key));

  return {
    id,
    register(options: CreateOptions, lies: Lies = {}): RegistrationResponse {
      handle = options.user.id;
      rpId = options.rp.id;
      const attested = concat(new Uint8Array(16), uint16(credentialId.length), credentialId, coseKey(pair, algorithm));
      const data = authenticatorData(lies, lies.counter ?? 0, attested);
      const client = clientData("webauthn.create", options.challenge, lies);
      const self = new Map<unknown, unknown>([
        ["alg", COSE_ALGORITHM[algorithm]],
        ["sig", signWith(pair.privateKey, concat(data, sha256(client)))],
        ...(lies.attestation === "certified" ? [["x5c", [Uint8Array.of(0x30, 0)]] as const] : []),
      ]);
      const format = { self: "packed", certified: "packed", tpm: "tpm" } as const;
      const attestationObject = cbor(
        new Map<unknown, unknown>([
          ["fmt", lies.attestation === undefined ? "none" : format[lies.attestation]],
          ["attStmt", lies.attestation === undefined ? new Map() : self],
          ["authData", data],
        ]),
      );
      const response = {
        clientDataJSON: base64Url(client),
        attestationObject: base64Url(attestationObject),
        transports: ["internal", "hybrid"],
      };
      return { id, rawId: id, type: "public-key", response };
    },
    /** Answers `navigator.credentials.get` for a discoverable credential. */
    assert(challenge: string, lies: Lies = {}): Assertion {
      if (counts) counter++;
      const data = authenticatorData(lies, lies.counter ?? (counts ? counter : 0));
      const client = clientData("webauthn.get", challenge, lies);
      const signed = concat(data, sha256(client));
      const key = lies.otherKey ? stranger.privateKey : pair.privateKey;
      const signature = signWith(key, signed);
      if (lies.badSignature) signature[signature.length - 1] = (signature.at(-1) as number) ^ 1;
      const userHandle = lies.userHandle === undefined ? handle : lies.userHandle;
      const response = {
        clientDataJSON: base64Url(client),
        authenticatorData: base64Url(data),
        signature: base64Url(signature),
        userHandle,
      };
      return { id, rawId: id, type: "public-key", response };
    },
  };
}

export type Authenticator = ReturnType<typeof newAuthenticator>;

const COSE_ALGORITHM = { ES256: -7, EdDSA: -8, RS256: -257 } as const;

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

function newPair(algorithm: Algorithm, odd: boolean): Pair {
  if (algorithm === "ES256") return generateKeyPairSync("ec", { namedCurve: odd ? "P-384" : "P-256" });
  if (algorithm === "EdDSA") return generateKeyPairSync("ed25519");
  return generateKeyPairSync("rsa", { modulusLength: odd ? 1024 : 2048 });
}

/** RFC 9053 §7, RFC 8230 §4. */
function coseKey({ publicKey }: Pair, algorithm: Algorithm): Uint8Array {
  const jwk = publicKey.export({ format: "jwk" });
  const octets = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? "", "base64url"));
  const members: readonly (readonly [number, unknown])[] = {
    ES256: [
      [1, 2],
      [3, -7],
      [-1, jwk.crv === "P-384" ? 2 : 1],
      [-2, octets(jwk.x)],
      [-3, octets(jwk.y)],
    ] as const,
    EdDSA: [
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, octets(jwk.x)],
    ] as const,
    RS256: [
      [1, 3],
      [3, -257],
      [-1, octets(jwk.n)],
      [-2, octets(jwk.e)],
    ] as const,
  }[algorithm];
  return cbor(new Map<unknown, unknown>(members));
}

/** RFC 8949 for what authenticators write: integers, texts, octets, maps. */
function cbor(value: unknown): Uint8Array {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return concat(head(3, fromUtf8(value).length), fromUtf8(value));
  if (value instanceof Uint8Array) return concat(head(2, value.length), value);
  if (Array.isArray(value)) return concat(head(4, value.length), ...value.map(cbor));
  if (value instanceof Map)
    return concat(head(5, value.size), ...[...value].flatMap(([name, member]) => [cbor(name), cbor(member)]));
  throw new TypeError("no such CBOR here");
}

function head(major: number, length: number): Uint8Array {
  if (length < 24) return Uint8Array.of((major << 5) | length);
  if (length < 0x100) return Uint8Array.of((major << 5) | 24, length);
  return concat(Uint8Array.of((major << 5) | 25), uint16(length));
}

const uint16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);
const uint32 = (value: number): Uint8Array => concat(uint16(value >>> 16), uint16(value & 0xffff));
const sha256 = (octets: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(octets).digest());
const base64Url = (octets: Uint8Array): string => Buffer.from(octets).toString("base64url");
