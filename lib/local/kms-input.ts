import { fromBase64 } from "../bytes/base64.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { kmsError } from "./kms-error.ts";

/** The members of a request, unknown until read by one of the functions below. Members nobody reads are ignored, as in KMS. */
export type Input = Readonly<Record<string, unknown>>;

/** One operation of the API: from the members of a request to those of its answer. @throws KmsError */
export type Operation = (input: Input) => object | Promise<object>;

/** "RAW" messages of Sign, and those of GenerateMac ("Message", KMS API reference). */
export const MESSAGE_LIMIT = 4096;
/** The longest signature is RSA-4096's 512; KMS allows for more. */
const SIGNATURE_LIMIT = 6144;

/** @throws KmsError `SerializationException` */
export function parseInput(body: Uint8Array): Input {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    value = undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw kmsError("SerializationException", "The body is not a JSON object");
  return value as Input;
}

/** @throws KmsError `ValidationException` the member is missing, not a string, empty or too long */
export function text(input: Input, member: string, maximum = 2048): string {
  const value = optionalText(input, member, maximum);
  if (value === undefined) throw invalid(member, "Member must not be null");
  if (value === "") throw invalid(member, "Member must have length greater than or equal to 1");
  return value;
}

export function optionalText(input: Input, member: string, maximum: number): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid(member, "Member must be a string");
  if (value.length > maximum) throw invalid(member, `Member must have length less than or equal to ${maximum}`);
  return value;
}

export function oneOf<T extends string>(input: Input, member: string, values: readonly T[], otherwise?: T): T {
  const value = input[member] ?? otherwise;
  if (value === undefined) throw invalid(member, "Member must not be null");
  const known = values.find((candidate) => candidate === value);
  if (known === undefined) throw invalid(member, `Member must satisfy enum value set: [${values.join(", ")}]`);
  return known;
}

export function integer(input: Input, member: string, minimum: number, maximum: number, otherwise: number): number {
  const value = input[member] ?? otherwise;
  if (typeof value !== "number" || !Number.isInteger(value) || value < minimum || value > maximum)
    throw invalid(member, `Member must be between ${minimum} and ${maximum}`);
  return value;
}

/** Base64 octets, 1 to {@link MESSAGE_LIMIT}. */
export function message(input: Input): Bytes {
  return octets(input, "Message", MESSAGE_LIMIT);
}

export function signature(input: Input, member: "Signature" | "Mac"): Bytes {
  return octets(input, member, SIGNATURE_LIMIT);
}

function octets(input: Input, member: string, maximum: number): Bytes {
  const value = input[member];
  if (value === undefined || value === null) throw invalid(member, "Member must not be null");
  // Four characters carry three octets; what is longer need not be decoded to be refused.
  const tooLong = typeof value === "string" && value.length > Math.ceil(maximum / 3) * 4;
  if (tooLong) throw invalid(member, `Member must have length less than or equal to ${maximum}`);
  const decoded = typeof value === "string" ? fromBase64(value) : undefined;
  if (decoded === undefined) throw kmsError("SerializationException", `${member} is not base64`);
  if (decoded.length === 0) throw invalid(member, "Member must have length greater than or equal to 1");
  if (decoded.length > maximum) throw invalid(member, `Member must have length less than or equal to ${maximum}`);
  return decoded;
}

function invalid(member: string, constraint: string) {
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  return kmsError(
    "ValidationException",
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: ${constraint}`,
  );
}
