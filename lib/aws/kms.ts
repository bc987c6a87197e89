import { GenerateMacCommand, GetPublicKeyCommand, type KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { fields } from "../asn1/fields.ts";
import { readDer } from "../asn1/read.ts";
import { integer } from "../asn1/values.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Mac, Signer } from "../ports/ports.ts";

/** KMS: the largest `Message` of Sign with `MessageType: RAW` and of GenerateMac, octets. */
const MESSAGE_LIMIT = 4096;
/** HMAC-SHA-256, octets. */
const MAC_LENGTH = 32;
/** Order of the P-256 group (SP 800-186 §3.2.1.3). */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * A {@link Signer} over an ECC_NIST_P256 key in KMS. KMS hashes (`MessageType: RAW`), so that nobody can hash twice.
 *
 * @param client with bounded retries and time-outs, as `kmsClient` makes it
 * @param keyId key id, key ARN, alias name or alias ARN
 */
export function kmsSigner(client: KMSClient, keyId: string): Signer {
  return {
    async sign(message) {
      checkLength(message);
      const command = new SignCommand({
        KeyId: keyId,
        Message: message,
        MessageType: "RAW",
        SigningAlgorithm: "ECDSA_SHA_256",
      });
      const { Signature } = await orUnavailable("Sign", () => client.send(command));
      if (Signature === undefined || !isP256Signature(Signature))
        throw new Fault("key_unavailable", "KMS Sign answered with octets that are not an ECDSA signature on P-256");
      return Uint8Array.from(Signature);
    },
  };
}

/** A {@link Mac} over an HMAC_256 key in KMS. Parameters as for {@link kmsSigner}. */
export function kmsMac(client: KMSClient, keyId: string): Mac {
  return {
    async mac(message) {
      checkLength(message);
      const command = new GenerateMacCommand({ KeyId: keyId, Message: message, MacAlgorithm: "HMAC_SHA_256" });
      const { Mac } = await orUnavailable("GenerateMac", () => client.send(command));
      if (Mac?.length !== MAC_LENGTH)
        throw new Fault("key_unavailable", "KMS GenerateMac answered with octets that are not an HMAC-SHA-256");
      return Uint8Array.from(Mac);
    },
  };
}

/**
 * The public half of a signing key in KMS.
 *
 * @returns DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7)
 * @throws Fault `key_unavailable`
 */
export async function kmsPublicKey(client: KMSClient, keyId: string): Promise<Bytes> {
  const command = new GetPublicKeyCommand({ KeyId: keyId });
  const { PublicKey } = await orUnavailable("GetPublicKey", () => client.send(command));
  if (PublicKey === undefined) throw new Fault("key_unavailable", "KMS GetPublicKey answered without a key");
  return Uint8Array.from(PublicKey);
}

/** KMS would answer with a ValidationException after a round trip; callers only ever sign what they made themselves. */
function checkLength(message: Uint8Array): void {
  if (message.length === 0 || message.length > MESSAGE_LIMIT)
    throw new RangeError(`a message for KMS has 1 to ${MESSAGE_LIMIT} octets, not ${message.length}`);
}

/**
 * Whatever stops the call (throttling, network, a key that is disabled, gone or not allowed) stops it for this request, and
 * may be over at the next: one code, with the SDK's error as its cause for the log.
 */
async function orUnavailable<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new Fault("key_unavailable", `KMS ${operation} failed: ${nameOf(cause)}`, { cause });
  }
}

/** "ThrottlingException", "ECONNREFUSED": never the message, which may quote the request. */
function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}

/** DER Ecdsa-Sig-Value (RFC 3279 §2.2.3) with both numbers in 1 … n-1 (FIPS 186-5 §6.4.2). */
function isP256Signature(signature: Uint8Array): boolean {
  try {
    const sequence = fields(readDer(signature));
    const numbers = [integer(sequence.next()), integer(sequence.next())];
    sequence.done();
    return numbers.every((number) => number > 0n && number < P256_ORDER);
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
