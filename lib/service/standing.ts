import type { AssuranceLevel } from "../identity/assurance.ts";
import { type Dispute, disputedAt } from "./dispute.ts";
import type { SignedResult, Transaction } from "./transaction.ts";
import type { CertificateIndex } from "./transaction-store.ts";

/** Who helped the signer, as everybody may know it. */
export type AssistedBy = { readonly unit: string };

/** How the service knew who signed, as everybody who has the certificate may know it; the certificate does not say. */
export type Identified = {
  /** The person logged in for this signature, or used a passkey that was enrolled at such a login. */
  readonly method: "login" | "passkey";
  /** The identity provider, as in its tokens. */
  readonly issuer: string;
  /** What the provider's word was taken for. */
  readonly level: AssuranceLevel;
};

/** What else there is to know of a signature, beside whether it verifies. */
export type Standing = {
  /** Of the one-time certificate, hex. */
  readonly serial: string;
  /** ISO 8601; null where the signer disputes nothing. */
  readonly disputedAt: string | null;
  readonly assistedBy: AssistedBy | null;
  /** Null of what was signed before this was kept. */
  readonly identified: Identified | null;
};

/** The part of a signed transaction that everybody may know of it. */
export type PublicPart = {
  readonly dispute?: Dispute;
  readonly assistedBy: AssistedBy | null;
  readonly identified: Identified | null;
};

/** Reads nothing but that part: who signed what stays where it is. */
export interface PublicParts {
  /** Strongly consistent. @returns undefined where nothing is signed. @throws Fault `store_unavailable` */
  read(transactionId: string): Promise<PublicPart | undefined>;
}

export type StandingPorts = {
  readonly publicParts: PublicParts;
  readonly certificates: CertificateIndex;
};

/** Hexadecimal, as certificates of ours have it: 16 octets. */
const SERIAL = /^[0-9a-f]{32}$/;

/**
 * The standing of the signature that a one-time certificate made.
 *
 * @param serial hex, in any case
 * @returns undefined where no certificate of ours with this serial number has signed
 * @throws Fault `store_unavailable`
 */
export async function standingOf(ports: StandingPorts, serial: string): Promise<Standing | undefined> {
  const wanted = serial.toLowerCase();
  if (!SERIAL.test(wanted)) return undefined;
  const certificate = await ports.certificates.find(wanted);
  if (certificate?.use !== "used") return undefined;
  const part = await ports.publicParts.read(certificate.transactionId);
  if (part === undefined) return undefined;
  const { assistedBy: helper, identified } = part;
  return { serial: wanted, disputedAt: isoOrNull(disputedAt(part)), assistedBy: helper, identified };
}

export const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The unit that helped, as the signer approved it. */
export function assistedBy({ preimage }: Pick<Transaction, "preimage">): AssistedBy | null {
  return preimage.assistance === undefined ? null : { unit: preimage.assistance.unit };
}

/** By whose word and how, of a signature. */
export function identified({ person, token }: Pick<SignedResult, "person" | "token">): Identified | null {
  const level = (person.assurance as { readonly level?: AssuranceLevel } | undefined)?.level;
  if (level === undefined) return null;
  return { method: "kind" in token ? "passkey" : "login", issuer: person.issuer, level };
}
