import * as z from "zod/mini";
import { SIGNATURE_CLASSES } from "../trust/signature-class.ts";
import { INDICATIONS, SUB_INDICATIONS, type Verification } from "../validate/report.ts";

// The answer about a file as a schema: docs/verification.schema.json and the OpenAPI document are made of it, and tests hold every
// answer against it. The types below say at compile time that it is the type that the validator gives, no more and no less.

const text = z.string();
const optionalText = z.nullable(text);
const time = z.iso.datetime({ precision: 3 });
const count = z.int().check(z.gte(0));
const indication = z.enum(INDICATIONS);
const subIndication = z.nullable(z.enum(SUB_INDICATIONS));
const trust = z.enum(["trusted", "untrusted", "indeterminate"]);
const integrity = z.enum(["intact", "broken", "unsupported"]);
const certifies = z.nullable(z.union([z.literal(1), z.literal(2), z.literal(3)]));

const finding = z.strictObject({ code: text, severity: z.enum(["error", "warning", "info"]), vi: text, en: text });

const change = z.strictObject({
  code: text,
  permitted: z.boolean(),
  revision: z.nullable(count),
  page: z.nullable(count),
  field: optionalText,
  object: z.nullable(count),
  vi: text,
  en: text,
});

const timestamp = z.strictObject({
  kind: z.enum(["signature", "document"]),
  genTime: z.nullable(time),
  indication,
  subIndication,
  authority: optionalText,
  trust,
  findings: z.array(finding),
});

const rule = z.strictObject({
  id: text,
  source: text,
  result: z.enum(["passed", "failed", "skipped", "warning"]),
  saw: z.exactOptional(z.nullable(z.union([text, z.number(), z.boolean()]))),
  indication: z.exactOptional(indication),
  subIndication: z.exactOptional(z.enum(SUB_INDICATIONS)),
});

const sevenFields = z.strictObject({
  issuer: optionalText,
  signer: optionalText,
  managingUnit: optionalText,
  signingTime: z.strictObject({
    time: z.nullable(time),
    source: z.nullable(z.enum(["timestamp", "log", "claimed"])),
    proven: z.nullable(time),
    logged: z.nullable(time),
    claimed: z.nullable(time),
  }),
  integrity,
  validAtSigningTime: z.enum(["valid", "invalid", "unknown"]),
  certificateValidity: z.nullable(z.strictObject({ notBefore: time, notAfter: time })),
});

const signature = z.strictObject({
  fieldName: text,
  verdict: z.enum(["VALID", "INVALID", "CANNOT_TELL"]),
  integrity,
  coverage: z.enum(["whole-file", "earlier-revision", "anomalous"]),
  changes: z.enum(["none", "permitted", "forbidden", "unknown"]),
  changeList: z.array(change),
  trust,
  policy: z.enum(["met", "not-met"]),
  indication,
  subIndication,
  level: z.nullable(z.enum(["B-B", "B-T", "B-LT", "B-LTA"])),
  subFilter: optionalText,
  certifies,
  class: z.nullable(z.enum(SIGNATURE_CLASSES)),
  equivalentToHandwritten: z.boolean(),
  test: z.boolean(),
  sevenFields,
  reason: optionalText,
  location: optionalText,
  algorithms: z.strictObject({ signature: optionalText, digest: optionalText, key: optionalText }),
  timestamps: z.array(timestamp),
  chain: z.array(z.strictObject({ subject: text, sha256: text, anchor: z.boolean() })),
  rules: z.array(rule),
  findings: z.array(finding),
});

export const VerificationSchema = z.strictObject({
  schema: z.literal("urn:motlan:verification:1"),
  verdict: z.enum(["VALID", "INVALID", "CANNOT_TELL", "NO_SIGNATURE"]),
  at: time,
  policy: text,
  document: z.strictObject({ size: count, revisions: count }),
  signatures: z.array(signature),
  documentTimestamps: z.array(timestamp),
  findings: z.array(finding),
});

/** Every answer fits the schema, and everything that fits it is an answer: neither line compiles where that is not so. */
type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Member in keyof T]: Mutable<T[Member]> }
    : T;
const answerFits: (answer: Mutable<Verification>) => z.infer<typeof VerificationSchema> = (answer) => answer;
const whatFitsIsAnAnswer: (fitting: z.infer<typeof VerificationSchema>) => Mutable<Verification> = (fitting) => fitting;
void answerFits;
void whatFitsIsAnAnswer;

/** JSON Schema (2020-12), with its `$schema`. */
export function verificationJsonSchema(): { readonly [member: string]: unknown } {
  return z.toJSONSchema(VerificationSchema);
}
