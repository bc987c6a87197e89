import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { Fault } from "../../lib/fault/fault.ts";
import { answerQuestions } from "../../lib/service/isolated.ts";
import { readMaterial } from "../../lib/service/material.ts";
import { webStatusSource } from "../../lib/service/status-source.ts";
import { verifyFile } from "../../lib/service/verify.ts";
import { readTrustPaths, type TrustSet } from "./trust-paths.ts";
import type { VerifyAnswer, VerifyQuestion } from "./verify-question.ts";

/** Octets of one file of certificates, CRLs or OCSP responses. */
const MAX_MATERIAL = 64 * 1024 * 1024;
/** A batch has a few sets of trust for many files. */
const MAX_SETS = 32;

const sets = new Map<string, TrustSet>();

answerQuestions(async ({ request, at, options }: VerifyQuestion): Promise<VerifyAnswer> => {
  const { anchors, warnings } = trustOf(request.trust);
  const pdf = readFile(request.file, options.limit, "pdf_too_large");
  const source = options.hosts.length === 0 ? undefined : webStatusSource(options.hosts, Date.now);
  const { verification, facts } = await verifyFile({
    ...{ pdf, anchors, at, revocation: options.revocation, source },
    certificates: read("certificate", request.certs),
    crls: read("crl", request.crls),
    ocsps: read("ocsp", request.ocsps),
  });
  const told = { verification, ...(options.facts ? { facts } : {}), asked: source?.asked ?? [], warnings };
  if (options.report === undefined) return told;
  // Fonts and drawing are loaded by whoever wants a page.
  const { reportOf } = await import("./verify-report.ts");
  return { ...told, report: reportOf(options.report, { file: request.file, pdf, anchors, verification, facts }) };
});

function trustOf(paths: readonly string[]): TrustSet {
  const key = JSON.stringify(paths);
  const known = sets.get(key);
  if (known !== undefined) return known;
  const set = readTrustPaths(paths);
  if (sets.size >= MAX_SETS) sets.clear();
  sets.set(key, set);
  return set;
}

function read(kind: Parameters<typeof readMaterial>[0], paths: readonly string[]): readonly Uint8Array[] {
  return paths.flatMap((path) => readMaterial(kind, readFile(path, MAX_MATERIAL, "request_too_large")));
}

function readFile(path: string, limit: number, tooLarge: "pdf_too_large" | "request_too_large"): Uint8Array {
  const name = basename(path);
  try {
    const found = statSync(path);
    // A pipe or a device could be endless.
    if (!found.isFile()) throw new Fault("file_unreadable", `${name} is no file`);
    if (found.size > limit) throw new Fault(tooLarge, `${name} has ${found.size} octets, at most ${limit}`);
    const octets = readFileSync(path);
    // The same memory: a copy of a large file is what there may be no room for.
    return new Uint8Array(octets.buffer, octets.byteOffset, octets.byteLength);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("file_unreadable", `cannot read ${name}`, { cause });
  }
}
