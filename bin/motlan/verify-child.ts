import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { Fault } from "../../lib/fault/fault.ts";
import { quietly } from "../../lib/fault/quietly.ts";
import { answerQuestions } from "../../lib/service/isolated.ts";
import { readGiven, readMaterial } from "../../lib/service/material.ts";
import { webStatusSource } from "../../lib/service/status-source.ts";
import { verifyFile } from "../../lib/service/verify.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { readTrustPaths, type TrustSet } from "./trust-paths.ts";
import type { VerifyAnswer, VerifyQuestion } from "./verify-question.ts";

/** Octets of one file of certificates, CRLs or OCSP responses. */
const MAX_MATERIAL = 64 * 1024 * 1024;
/** A batch has a few sets of trust for many files. */
const MAX_SETS = 32;

const sets = new Map<string, TrustSet>();

answerQuestions(async ({ request, at, options }: VerifyQuestion): Promise<VerifyAnswer> => {
  const { anchors, warnings: untold } = trustOf(request.trust);
  const warnings = [...untold];
  const pdf = readFile(request.file, options.limit, "pdf_too_large");
  const source = options.hosts.length === 0 ? undefined : webStatusSource(options.hosts, Date.now);
  const { verification, facts } = await verifyFile({
    ...{ pdf, anchors, at, revocation: options.revocation, source },
    certificates: certificates(request.certs, warnings),
    crls: given("crl", request.crls),
    ocsps: given("ocsp", request.ocsps),
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

function given(kind: "crl" | "ocsp", paths: readonly string[]): readonly Uint8Array[] {
  return paths.flatMap((path) => {
    const octets = readFile(path, MAX_MATERIAL, "request_too_large");
    try {
      return readGiven(kind, octets);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw new Fault(error.code, `${basename(path)}: ${error.message}`, { cause: error });
    }
  });
}

/** A certificate that cannot be read leads nowhere, which does no harm; it is said. */
function certificates(paths: readonly string[], warnings: string[]): readonly Uint8Array[] {
  return paths.flatMap((path) => {
    const all = readMaterial("certificate", readFile(path, MAX_MATERIAL, "request_too_large"));
    const unread = all.filter((one) => quietly(() => parseCertificate(one)) === undefined).length;
    if (unread > 0 || all.length === 0)
      warnings.push(
        all.length === 0
          ? `${basename(path)}: no certificate in it`
          : `${basename(path)}: ${unread} certificates cannot be read`,
      );
    return all;
  });
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
