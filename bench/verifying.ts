import { spawnSync } from "node:child_process";
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toBase64Url } from "../lib/bytes/base64.ts";
import { concat } from "../lib/bytes/bytes.ts";
import { byteRangeDigest } from "../lib/pades/byte-range.ts";
import { embedSignature } from "../lib/pades/embed.ts";
import { prepareSignature } from "../lib/pades/prepare.ts";
import { createTransaction } from "../lib/service/create.ts";
import { signTransaction } from "../lib/service/sign.ts";
import type { TrustAnchor } from "../lib/trust/anchor.ts";
import { DEFAULT_POLICY } from "../lib/validate/policy.ts";
import { verifyPdf } from "../lib/verify/verify-pdf.ts";
import type { Immediate } from "./immediate.ts";
import type { Case } from "./interleave.ts";

/**
 * P-256 signatures in a B-T file of this service that nobody can do without: the signer's, the issuing CA's on the signer's certificate,
 * the root's on the issuing CA's and on the TSA's, the TSA's on the timestamp.
 */
const SIGNATURES = 5;
const MESSAGE = randomBytes(400);

export type Signed = { readonly pdf: Uint8Array; readonly anchor: TrustAnchor };

/** A file that this service signed, B-T, and the root to trust. */
export async function signedPdf(pdf: Uint8Array, { ports, token }: Immediate): Promise<Signed> {
  const id = toBase64Url(randomBytes(16));
  const prepared = prepareSignature(pdf, { fieldId: id, claimedTime: Date.now(), offsetMinutes: 420 });
  const digest = toBase64Url(byteRangeDigest(pdf, prepared));
  const who = await ports.authenticate(await token("once"), "once", Date.now());
  const signing = { ...ports, authenticate: async () => who };
  const transaction = await createTransaction(signing, {
    ...{ id, ownerHash: toBase64Url(randomBytes(32)), locale: "vi", ttlSeconds: 900 },
    documents: [{ alg: "SHA-256", digest, title: "Đơn đề nghị" }],
  });
  const cms = (await signTransaction(signing, transaction, "")).result?.signatures[0];
  if (cms === undefined) throw new Error("no signature came out");
  const anchor: TrustAnchor = {
    certificate: (await ports.pki()).root,
    ...{ class: "OTHER_CONFIRMATION", source: "bench", test: true, uses: ["signature", "timestamp"] },
  };
  return { pdf: concat(pdf, embedSignature(prepared, cms)), anchor };
}

/** More than the keys that a process keeps: as in life, the one-time key of a file that comes in was never seen before. */
const FILES = 300;

/** Files with the same document, each signed with a key of its own. */
export async function signedPdfs(pdf: Uint8Array, world: Immediate): Promise<readonly [Signed, ...Signed[]]> {
  const files: [Signed, ...Signed[]] = [await signedPdf(pdf, world)];
  while (files.length < FILES) files.push(await signedPdf(pdf, world));
  return files;
}

/** The whole answer about a file, from its octets; one file after the other. */
export function verification(name: string, files: readonly Signed[]): Case {
  const next = turns(files);
  return {
    name,
    async run() {
      const { pdf, anchor } = next();
      const { verification } = await verifyPdf(pdf, { anchors: [anchor], at: Date.now(), policy: DEFAULT_POLICY });
      if (verification.verdict !== "VALID") throw new Error(`the file is ${verification.verdict}`);
    },
  };
}

/** The least that such an answer costs: one SHA-256 over the file, the signatures, and reading the one key that is in no other file. */
export function verificationLimit(name: string, files: readonly Signed[]): Case {
  const [next, signatures] = [turns(files), pureEcdsa("ecdsa")];
  return {
    name,
    run() {
      createHash("sha256").update(next().pdf).digest();
      signatures.run();
    },
  };
}

/** The signatures alone: four with the keys of authorities, which were read before, and one with a key that is new each time. */
export function pureEcdsa(name: string): Case {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signature = sign("sha256", MESSAGE, privateKey);
  const key = publicKey.export({ format: "der", type: "spki" });
  return {
    name,
    run() {
      verify("sha256", MESSAGE, createPublicKey({ key, format: "der", type: "spki" }), signature);
      for (let i = 1; i < SIGNATURES; i++) verify("sha256", MESSAGE, publicKey, signature);
    },
  };
}

function turns<T>(all: readonly T[]): () => T {
  let at = 0;
  return () => all[at++ % all.length] as T;
}

/** What others take, ms a file; undefined where they are not installed. */
export function peers({ pdf, anchor }: Signed): { readonly pdfsig?: number; readonly pyhanko?: number } {
  const folder = mkdtempSync(join(tmpdir(), "motlan-bench-"));
  try {
    const [file, root] = [join(folder, "signed.pdf"), join(folder, "root.cer")];
    writeFileSync(file, pdf);
    writeFileSync(root, anchor.certificate.raw);
    const runs = 9;
    const times: number[] = [];
    for (let i = 0; i < runs; i++) {
      const start = performance.now();
      const { status } = spawnSync("pdfsig", ["-nocert", file], { stdio: "ignore" });
      if (status === 0) times.push(performance.now() - start);
    }
    const python = join(process.env.MOTLAN_INTEROP ?? ".motlan/interop", "python/bin/python");
    const answer = existsSync(python)
      ? spawnSync(python, ["-c", PYHANKO, file, root], { encoding: "utf8" })
      : undefined;
    const pyhanko = Number(answer?.stdout);
    return {
      ...(times.length === runs ? { pdfsig: times.sort((a, b) => a - b)[runs >> 1] as number } : {}),
      ...(pyhanko > 0 ? { pyhanko } : {}),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In process, everything loaded: the median of what one validation takes, ms. */
const PYHANKO = `
import statistics, sys, time, io
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
octets = open(sys.argv[1], "rb").read()
roots = list(load_certs_from_pemder([sys.argv[2]]))
times = []
for _ in range(30):
    start = time.perf_counter()
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    status = validate_pdf_signature(PdfFileReader(io.BytesIO(octets)).embedded_signatures[0], context)
    assert status.intact and status.valid
    times.append(1000 * (time.perf_counter() - start))
print(statistics.median(times[5:]))
`;
