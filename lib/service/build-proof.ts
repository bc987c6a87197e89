import { digest, hmacSha256 } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { type Bytes, concat, fromUtf8 } from "../bytes/bytes.ts";
import { canonicalJson } from "../json/canonical.ts";
import type { Authenticated } from "./authenticate.ts";
import type { Pki } from "./pki.ts";
import type { Proof, ProofLog } from "./proof.ts";
import type { Transaction } from "./transaction.ts";

export type SignedDocument = {
  readonly title: string;
  readonly digest: string;
  readonly cms: Bytes;
  readonly timestampToken: Bytes;
  /** Milliseconds, whole seconds. */
  readonly genTime: number;
};

export type ProofInput = {
  readonly transaction: Transaction;
  readonly who: Authenticated;
  readonly pki: Pki;
  readonly pseudonym: string;
  readonly certificate: Bytes;
  readonly documents: readonly SignedDocument[];
  /** 32 random octets: without them the leaf tells nothing. */
  readonly salt: Bytes;
};

const LEAF_PREFIX = fromUtf8("motlan/leaf/v1\n");

/** Gathers what a later reader needs to judge the signature without this service (docs/FORMATS.md, "Proof"). */
export function buildProof(input: ProofInput): Proof {
  const { transaction, who, pki, documents } = input;
  const described = documents.map(({ title, digest: hash, cms, timestampToken, genTime }) => ({
    title,
    digest: hash,
    cmsSha256: fingerprint(cms),
    timestampSha256: fingerprint(timestampToken),
    timestamp: iso(genTime),
  }));
  return {
    version: "motlan/proof/v1",
    id: transaction.id,
    preimage: transaction.preimage,
    commitment: transaction.commitment,
    intentText: transaction.intentText,
    person: {
      fullName: who.identity.fullName,
      pseudonym: input.pseudonym,
      issuer: who.identity.issuer,
      assurance: who.identity.assurance,
    },
    token: who.evidence,
    certificates: [toBase64Url(input.certificate), ...chainOf(pki)],
    documents: described,
    algorithms: { digest: "SHA-256", signature: "ECDSA-P256-SHA-256", timestamp: "ECDSA-P256-SHA-256" },
    times: {
      createdAt: { time: iso(transaction.createdAt), source: "service" },
      authenticatedAt: {
        time: who.identity.authTime === undefined ? null : iso(who.identity.authTime * 1000),
        source: "identity-provider",
      },
      signedAt: { time: iso(Math.max(...documents.map(({ genTime }) => genTime))), source: "timestamp" },
    },
    signatureClass: pki.signatureClass,
    demo: pki.demo,
    abandoned: transaction.abandoned,
    log: leafOf(transaction.id, input, described),
  };
}

/** The chain is the same for every proof under one set of certificates. */
const CHAINS = new WeakMap<Pki, readonly string[]>();

function chainOf(pki: Pki): readonly string[] {
  const chain = CHAINS.get(pki) ?? [pki.issuingCa, pki.root].map(({ raw }) => toBase64Url(raw));
  CHAINS.set(pki, chain);
  return chain;
}

/** The log entry: a salted commitment of constant size that names no person and no document (docs/FORMATS.md, "Leaf"). */
function leafOf(id: string, input: ProofInput, documents: Proof["documents"]): ProofLog {
  const record = {
    id,
    documents: documents.map((document) => document.digest),
    cms: documents.map((document) => document.cmsSha256),
    certificate: fingerprint(input.certificate),
  };
  const leaf = concat(LEAF_PREFIX, hmacSha256(input.salt, fromUtf8(canonicalJson(record))));
  return { leaf: toBase64Url(leaf), salt: toBase64Url(input.salt), record, state: "pending" };
}

function fingerprint(octets: Uint8Array): string {
  return toBase64Url(digest("SHA-256", octets));
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
