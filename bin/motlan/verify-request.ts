import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { Fault } from "../../lib/fault/fault.ts";
import { parseJson } from "../../lib/json/strict-parse.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../lib/json/value.ts";
import { momentOf, parseMoment } from "../../lib/service/moment.ts";

/** One file to be verified, with everything that the verdict may rest on. Paths are as they can be opened from here. */
export type VerifyRequest = {
  readonly file: string;
  readonly trust: readonly string[];
  /** ms; undefined is now. */
  readonly at: number | undefined;
  readonly crls: readonly string[];
  readonly ocsps: readonly string[];
  readonly certs: readonly string[];
};

/** More paths than this are no list that somebody wrote. */
const MAX_PATHS = 1000;

/**
 * Reads one line of a batch. Members that are not known are passed over, so that callers can keep their own beside ours.
 *
 * @param given what holds where the line says nothing
 * @param base directory in which relative paths are looked for after the current one; undefined for standard input
 * @returns the name of the file as it was written, and the request or what is wrong with it
 */
export function parseRequestLine(
  line: string | undefined,
  base: string | undefined,
  given: Omit<VerifyRequest, "file">,
): { readonly file: string | null; readonly request: VerifyRequest | Fault } {
  let file: string | null = null;
  try {
    const value = parse(line);
    if (typeof value.file === "string") file = value.file;
    if (file === null || file === "") throw malformed("file is a path");
    const path = (name: string): string =>
      isAbsolute(name) || base === undefined || existsSync(name) ? name : join(base, name);
    const paths = (member: "trust" | "crls" | "ocsps" | "certs"): readonly string[] =>
      readPaths(value[member], member)?.map(path) ?? given[member];
    const at = readAt(value.at) ?? given.at;
    const [trust, crls, ocsps, certs] = [paths("trust"), paths("crls"), paths("ocsps"), paths("certs")];
    return { file, request: { file: path(file), trust, at, crls, ocsps, certs } };
  } catch (error) {
    if (error instanceof Fault) return { file, request: error };
    throw error;
  }
}

function parse(line: string | undefined): JsonObject {
  if (line === undefined) throw malformed("the line is too long, or not UTF-8");
  let value: JsonValue;
  try {
    value = parseJson(line);
  } catch (cause) {
    throw new Fault("request_malformed", "the line is not JSON with unique member names", { cause });
  }
  if (!isJsonObject(value)) throw malformed("the line is not a JSON object");
  return value;
}

function readPaths(value: JsonValue | undefined, member: string): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const list = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  if (list.length > MAX_PATHS || !list.every((path) => typeof path === "string" && path !== ""))
    throw malformed(`${member} is a list of paths`);
  return list as readonly string[];
}

function readAt(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  const at = typeof value === "string" ? parseMoment(value) : typeof value === "number" ? momentOf(value) : undefined;
  if (at === undefined) throw malformed("at is a moment in ISO 8601, or seconds since 1970");
  return at;
}

const malformed = (detail: string): Fault => new Fault("request_malformed", detail);
