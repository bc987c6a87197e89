import { digest } from "#crypto";
import * as OID from "../asn1/oids.ts";
import { raw } from "../asn1/read.ts";
import { countOf, valuesOf } from "../cms/attributes.ts";
import type { SignedData } from "../cms/read.ts";
import type { SignerResult } from "../cms/signer-result.ts";
import type { HashName } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { type Container, type Covered, readContainer, verifyContainer } from "../pades/container.ts";
import type { CmsFacts, SignatureFacts, TimestampFacts } from "./facts.ts";
import { atMost, MAX_TIMESTAMPS } from "./limits.ts";
import { addFromMessage } from "./material.ts";
import type { Run } from "./run.ts";
import { signerFacts } from "./signer-facts.ts";
import { timestampFacts } from "./timestamp-facts.ts";

/** What is in /Contents, and where. */
export type ContainerInput = {
  readonly subFilter: string | null;
  readonly contents: Uint8Array | undefined;
  readonly covered: Covered;
  /** Of /Cert. */
  readonly certificates: readonly Uint8Array[];
  readonly stampedBy: readonly number[];
};

/** Checks the first signer of a signature's container and its timestamps. Whatever is wrong with it is a fact. */
export async function containerFacts(input: ContainerInput, run: Run): Promise<SignatureFacts["container"]> {
  const { contents, subFilter, covered, certificates } = input;
  if (contents === undefined) return { ok: false, code: "cms_malformed" };
  const container = read(subFilter ?? undefined, contents);
  if (container instanceof Fault) return { ok: false, code: container.code };
  for (const der of certificates) run.certificates.add(der);
  if (container.kind === "pkcs1") return { ok: true, cms: await bareFacts(container, input, run) };
  const { signedData } = container;
  const [signer] = signedData.signers;
  addFromMessage(signedData, signer, input.stampedBy, run);
  const facts = {
    der: signedData.der,
    version: signedData.version,
    contentType: signedData.contentType,
    encapsulates: signedData.content !== undefined,
    signers: signedData.signers.length,
    certificates: signedData.certificates.length,
  };
  if (signer === undefined) return { ok: true, cms: { ...facts, signer: null, timestamps: [], archival: false } };
  const result = await verify(container, covered, [...certificates], run);
  return {
    ok: true,
    cms: {
      ...facts,
      signer: signerFacts(result, signer),
      timestamps: await signatureTimestamps(signedData, input.stampedBy, run),
      archival: countOf(signer.signedAttributes?.list ?? [], OID.adobeRevocationInfoArchival) > 0,
    },
  };
}

async function verify(
  container: Container,
  covered: Covered,
  certificates: readonly Uint8Array[],
  run: Run,
): Promise<SignerResult> {
  const parse = run.certificates.read;
  let result = await verifyContainer(container, covered, certificates, parse);
  // The message leaves the signer's certificate to the DSS, against EN 319 142-1 §6.3.
  if (result.signature === "no-certificate" && container.kind !== "pkcs1" && run.outside.length > 0)
    result = await verifyContainer(container, covered, [...certificates, ...run.outside], parse);
  if (result.certificate !== undefined) run.addTarget(result.certificate);
  return result;
}

async function signatureTimestamps(
  { signers }: SignedData,
  stampedBy: readonly number[],
  run: Run,
): Promise<TimestampFacts[]> {
  const [signer] = signers;
  if (signer === undefined) return [];
  const values = valuesOf(signer.unsignedAttributes, OID.signatureTimestamp);
  atMost(values.length, MAX_TIMESTAMPS, "timestamps of one signature");
  const digests = new Map<HashName, Uint8Array>();
  const imprint = (hash: HashName): Uint8Array => {
    const known = digests.get(hash) ?? digest(hash, signer.signature);
    digests.set(hash, known);
    return known;
  };
  const facts: TimestampFacts[] = [];
  for (const value of values) facts.push(await timestampFacts(raw(value), imprint, stampedBy, run));
  return facts;
}

/** `adbe.x509.rsa_sha1`: a signature and nothing around it. */
async function bareFacts(container: Container, input: ContainerInput, run: Run): Promise<CmsFacts> {
  const result = await verify(container, input.covered, input.certificates, run);
  return {
    der: true,
    version: 0,
    contentType: OID.data,
    encapsulates: false,
    signers: 1,
    certificates: input.certificates.length,
    signer: signerFacts(result, undefined),
    timestamps: [],
    archival: false,
  };
}

function read(subFilter: string | undefined, contents: Uint8Array): Container | Fault {
  try {
    return readContainer(subFilter, contents);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
