import { digest } from "#crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { fromBase64Url, toBase64Url } from "../../lib/bytes/base64.ts";
import { type Bytes, concat, equal } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { type Font, openFont } from "../../lib/draw/font.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { whenLoaded } from "../../lib/fault/on-demand.ts";
import { openPlace } from "../../lib/pades/open-place.ts";
import {
  byteRangeDigest,
  embedSignature,
  type Prepared,
  type PrepareOptions,
  prepareSignature,
} from "../../lib/pades/prepare.ts";
import { type PreparedStamp, prepareStamped } from "../../lib/stamp/prepare-stamped.ts";
import type { StampInput } from "../../lib/stamp/stamp-input.ts";
import { readBack } from "../../lib/verify/read-back.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { nameAttribute } from "../../lib/x509/name.ts";
import { OFFSET_MINUTES } from "../sign/limits.ts";
import type { Answers, ExaminedFile, FinishedFile, PreparedFile, Said, Work } from "../sign/preparing.ts";

// Everything that reads a whole file: the page itself never waits for it.

const say = (said: Said): void => postMessage(said);

addEventListener("message", ({ data }: MessageEvent<Work>) => {
  work(data).then(
    (answer) => say({ kind: "done", answer }),
    (error: unknown) => {
      const fault = error instanceof Fault ? error : new Fault("internal", error instanceof Error ? error.name : "");
      say({ kind: "fault", code: fault.code, detail: fault.message });
    },
  );
});

function work(asked: Work): Promise<Answers[keyof Answers]> {
  if (asked.kind === "prepare") return prepare(asked);
  if (asked.kind === "hash") return hash(asked);
  return asked.kind === "examine" ? examine(asked) : finish(asked);
}

type Asked<K extends Work["kind"]> = Extract<Work, { readonly kind: K }>;

async function prepare(asked: Asked<"prepare">): Promise<PreparedFile> {
  const { file, id, claimedTime, name, place, host, fontUrl } = asked;
  const [pdf, font] = await Promise.all([readWhole(file, 0.5), fetchFont(fontUrl)]);
  const options = { fieldId: id, claimedTime, offsetMinutes: OFFSET_MINUTES, name };
  const stamp = { font, name, claimedTime, offsetMinutes: OFFSET_MINUTES, host, id, place };
  const prepared = await whenLoaded(() => prepareSeen(pdf, options, stamp));
  say({ kind: "progress", part: 0.7 });
  const covered = toBase64Url(byteRangeDigest(pdf, prepared));
  say({ kind: "progress", part: 0.9 });
  const sha256 = await sha256Of(pdf);
  if (!("place" in prepared)) return { sha256, prepared, digest: covered };
  const { place: spot, covers, ownPage, ...rest } = prepared;
  return { sha256, prepared: rest, digest: covered, stamp: { place: spot, covers, ownPage } };
}

/** Earlier signers may leave no place for a stamp; the signature itself is allowed all the same. */
const NO_STAMP: ReadonlySet<string> = new Set(["stamp_not_allowed", "stamp_needs_page"]);

function prepareSeen(pdf: Uint8Array, options: PrepareOptions, stamp: StampInput): Prepared | PreparedStamp {
  try {
    return prepareStamped(pdf, { ...options, stamp });
  } catch (error) {
    if (!(error instanceof Fault) || !NO_STAMP.has(error.code) || stamp.place !== "auto") throw error;
    return prepareSignature(pdf, options);
  }
}

async function fetchFont(url: string): Promise<Font> {
  try {
    const response = await fetch(url);
    if (response.ok) return openFont(new Uint8Array(await response.arrayBuffer()));
  } catch (cause) {
    throw new Fault("server_unreachable", "the font of the stamp cannot be fetched", { cause });
  }
  throw new Fault("unavailable", "the service gave no font for the stamp");
}

async function examine({ file }: Asked<"examine">): Promise<ExaminedFile> {
  const pdf = await readWhole(file, 0.6);
  const covered = toBase64Url(byteRangeDigest(NOTHING, await whenLoaded(() => openPlace(pdf))));
  return { sha256: await sha256Of(pdf), digest: covered };
}

/** What a document that came prepared was appended to: it is looked at as a whole. */
const NOTHING = new Uint8Array(0);

async function hash({ file }: Asked<"hash">): Promise<Answers["hash"]> {
  return { sha256: await sha256Of(await readWhole(file, 0.9)) };
}

async function finish({ file, prepared, digest: named, cms, root, at }: Asked<"finish">): Promise<FinishedFile> {
  const expected = fromBase64Url(named);
  if (expected === undefined) throw new Fault("internal", "no digest to hold the file to");
  const pdf = await readWhole(file, 0.3);
  const place = prepared ?? (await whenLoaded(() => openPlace(pdf)));
  const before = prepared === undefined ? NOTHING : pdf;
  if (!equal(byteRangeDigest(before, place), expected))
    throw new Fault("document_changed", "the file is not the one that was approved");
  const appended = embedSignature(place, cms);
  say({ kind: "progress", part: 0.5 });
  const { certificate, genTime } = await readBack(prepared === undefined ? appended : concat(pdf, appended), {
    fieldName: place.fieldName,
    digest: expected,
    root: parseCertificate(root),
    at,
  });
  const signer = nameAttribute(certificate.subject, OID.commonName) ?? "";
  const parts = prepared === undefined ? [appended] : [file, appended];
  return { signed: new Blob(parts, { type: "application/pdf" }), signer, genTime };
}

/**
 * The octets of a file, told of as they come.
 *
 * @param upTo the part of the whole work that reading is
 * @throws Fault `file_unreadable`: it is gone, or was changed since it was chosen
 */
async function readWhole(file: Blob, upTo: number): Promise<Bytes> {
  const octets = new Uint8Array(file.size);
  let at = 0;
  try {
    const reader = file.stream().getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      octets.set(value, at);
      at += value.length;
      say({ kind: "progress", part: (upTo * at) / file.size });
    }
  } catch (cause) {
    throw new Fault("file_unreadable", "the file cannot be read", { cause });
  }
  return octets;
}

/** By the browser where it may (a secure context): ten times as quick as ours, for a file of 100 MB. */
async function sha256Of(octets: Bytes): Promise<string> {
  const hash = crypto.subtle === undefined ? digest("SHA-256", octets) : await crypto.subtle.digest("SHA-256", octets);
  return toHex(new Uint8Array(hash));
}
