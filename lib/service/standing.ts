import { disputedAt } from "./dispute.ts";
import type { Transaction } from "./transaction.ts";
import type { CertificateIndex, TransactionStore } from "./transaction-store.ts";

/** Who helped the signer, as everybody may know it. */
export type AssistedBy = { readonly unit: string };

/** What else there is to know of a signature, beside whether it verifies. */
export type Standing = {
  /** Of the one-time certificate, hex. */
  readonly serial: string;
  /** ISO 8601; null where the signer disputes nothing. */
  readonly disputedAt: string | null;
  readonly assistedBy: AssistedBy | null;
};

export type StandingPorts = {
  readonly store: Pick<TransactionStore, "read">;
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
  const transaction = await ports.store.read(certificate.transactionId);
  if (transaction?.result === undefined) return undefined;
  return { serial: wanted, disputedAt: isoOrNull(disputedAt(transaction)), assistedBy: assistedBy(transaction) };
}

export const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The unit that helped, as the signer approved it. */
export function assistedBy({ preimage }: Transaction): AssistedBy | null {
  const { assistance } = preimage as { readonly assistance?: { readonly unit?: unknown } | null };
  return typeof assistance?.unit === "string" ? { unit: assistance.unit } : null;
}
