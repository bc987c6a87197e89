import * as z from "zod/mini";
import { fromBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import { isPlainText } from "../text/plain.ts";

/** base64url of exactly `octets` octets, in its one canonical form. */
export const base64Url = (octets: number) =>
  z.string().check(
    z.regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((octets * 4) / 3)}}$`)),
    // The last character may carry no bits beyond the last octet.
    z.refine((text) => fromBase64Url(text)?.length === octets),
  );

/** Text for people: composed here, so that the same name in two forms is one name (R23, R27). */
export const plain = (max: number) =>
  z.pipe(
    z.pipe(
      z.string().check(z.maxLength(4 * max)),
      z.transform((text: string) => text.normalize("NFC").trim()),
    ),
    z.string().check(z.refine((text) => text.length > 0 && isPlainText(text, max))),
  );

/** @throws Fault `request_malformed`, naming the member and never its value */
export function parse<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const members = result.error.issues.slice(0, 5).map((issue) => issue.path.join(".") || "the body");
  throw new Fault("request_malformed", `not as the schema wants it: ${members.join(", ")}`);
}
