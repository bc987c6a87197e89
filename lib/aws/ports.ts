import type { Mac, Signer } from "../ports/ports.ts";
import { cachedPki } from "../service/cached-pki.ts";
import type { Pki } from "../service/pki.ts";
import type { SessionStore } from "../service/session-store.ts";
import type { CertificateIndex, TransactionStore } from "../service/transaction-store.ts";
import { documentClient } from "./clients.ts";
import { type Environment, KEY_ALIASES } from "./environment.ts";
import { kmsMac, kmsSigner } from "./kms.ts";
import { kmsClient } from "./kms-client.ts";
import { pkiStore } from "./pki.ts";
import { clock } from "./runtime.ts";
import { sessionStore } from "./sessions.ts";
import { certificateIndex, transactionStore } from "./transactions.ts";

// Each of these is called by the functions that need it and left out of the bundles of the others.

export type TablePorts = {
  readonly store: TransactionStore;
  readonly certificates: CertificateIndex;
  readonly pki: () => Promise<Pki>;
};

export function tablePorts({ table }: Environment): TablePorts {
  const client = documentClient();
  return {
    store: transactionStore(client, table, clock),
    certificates: certificateIndex(client, table),
    pki: cachedPki(pkiStore(client, table), clock),
  };
}

export function sessionPorts({ table }: Environment): { readonly sessions: SessionStore } {
  return { sessions: sessionStore(documentClient(), table, clock) };
}

export function pairwiseKey(): { readonly pairwise: Mac } {
  return { pairwise: kmsMac(kmsClient(), KEY_ALIASES.pairwise) };
}

export function signingKeys(): { readonly issuingCa: Signer; readonly tsa: Signer; readonly pairwise: Mac } {
  const client = kmsClient();
  return {
    issuingCa: kmsSigner(client, KEY_ALIASES.issuingCa),
    tsa: kmsSigner(client, KEY_ALIASES.tsa),
    pairwise: kmsMac(client, KEY_ALIASES.pairwise),
  };
}

export function reportKeys(): { readonly reportSeal: Signer; readonly tsa: Signer } {
  const client = kmsClient();
  return { reportSeal: kmsSigner(client, KEY_ALIASES.report), tsa: kmsSigner(client, KEY_ALIASES.tsa) };
}

export function statusKey(): { readonly responder: Signer } {
  return { responder: kmsSigner(kmsClient(), KEY_ALIASES.ocsp) };
}
