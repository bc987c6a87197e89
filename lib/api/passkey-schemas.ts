import * as z from "zod/mini";
import { fromBase64Url } from "../bytes/base64.ts";
import { MAX_PASSKEY_NAME } from "../service/passkey.ts";
import type { Assertion, RegistrationResponse } from "../service/passkey-verifier.ts";
import { parse, plain } from "./schema-parts.ts";

/** Octets: an attestation with a chain of certificates takes some 6 KiB, RSA signatures 512, client data below one KiB. */
const MOST = { credentialId: 1023, clientDataJSON: 4096, attestationObject: 24 * 1024, authenticatorData: 4096 };
const MOST_SIGNATURE = 1024;
const MOST_HANDLE = 64;
/** `usb`, `internal`, `smart-card`, `hybrid` and what is yet to come (WebAuthn Level 3 §5.8.4). */
const MOST_TRANSPORTS = 8;

/** base64url of 1 to `octets` octets. */
const octets = (most: number) =>
  z.string().check(
    z.maxLength(Math.ceil((most * 4) / 3)),
    z.refine((text) => (fromBase64Url(text)?.length ?? 0) > 0),
  );

// Not strict: browsers add members as they like (clientExtensionResults, authenticatorAttachment, publicKey); they decide nothing.
const Registration = z.object({
  id: octets(MOST.credentialId),
  rawId: octets(MOST.credentialId),
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: octets(MOST.clientDataJSON),
    attestationObject: octets(MOST.attestationObject),
    transports: z.optional(z.array(z.string().check(z.regex(/^[a-z-]{1,20}$/))).check(z.maxLength(MOST_TRANSPORTS))),
  }),
});

const Answer = z.object({
  id: octets(MOST.credentialId),
  rawId: octets(MOST.credentialId),
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: octets(MOST.clientDataJSON),
    authenticatorData: octets(MOST.authenticatorData),
    signature: octets(MOST_SIGNATURE),
    userHandle: z.optional(z.nullable(octets(MOST_HANDLE))),
  }),
});

const NamingBody = z.strictObject({ name: plain(MAX_PASSKEY_NAME) });
const RegistrationBody = z.strictObject({ name: plain(MAX_PASSKEY_NAME), response: Registration });
const AssertionBody = z.strictObject({ assertion: Answer });

export const PASSKEY_BODIES = {
  "passkey.options": z.strictObject({}),
  "passkey.enrol": RegistrationBody,
  "passkey.rename": NamingBody,
  "transaction.sign-by-passkey": AssertionBody,
} as const;

type Enrolment = { readonly name: string; readonly response: RegistrationResponse };

export const parseNaming = (value: unknown) => parse(NamingBody, value);
export const parseRegistration = (value: unknown): Enrolment => parse(RegistrationBody, value);
export const parseAssertion = (value: unknown): { readonly assertion: Assertion } => parse(AssertionBody, value);
