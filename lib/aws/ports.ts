import type { Mac, Signer } from "../ports/ports.ts";
import type { ActivityStore } from "../service/activity.ts";
import type { AssistanceStore } from "../service/assistance-store.ts";
import { cachedPki } from "../service/cached-pki.ts";
import type { PasskeyStore } from "../service/passkey-store.ts";
import type { PersonStore } from "../service/person-store.ts";
import type { Pki } from "../service/pki.ts";
import type { SessionStore } from "../service/session-store.ts";
import type { StandingPorts } from "../service/standing.ts";
import type { CertificateIndex, TransactionStore } from "../service/transaction-store.ts";
import { activityStore, subjectIndex } from "./activities.ts";
import { assistanceDays } from "./assistance-days.ts";
import { assistanceStore } from "./assistances.ts";
import { documentClient } from "./clients.ts";
import { disputeMarks, disputeStore } from "./disputes.ts";
import { type Environment, KEY_ALIASES } from "./environment.ts";
import { kmsMac, kmsSigner } from "./kms.ts";
import { kmsClient } from "./kms-client.ts";
import { codeIndex, openingGuesses } from "./lookups.ts";
import { pairingStore } from "./pairings.ts";
import { partStore } from "./parts.ts";
import { passkeyStore } from "./passkeys.ts";
import { personStore } from "./people.ts";
import { pkiStore } from "./pki.ts";
import { clock } from "./runtime.ts";
import { sessionStore } from "./sessions.ts";
import { certificateIndex, publicParts, transactionStore } from "./transactions.ts";

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

export type RecordPorts = { readonly activities: ActivityStore; readonly people: PersonStore };

/** For whoever tells people what was done in their name. */
export function recordPorts({ table }: Environment): RecordPorts {
  const client = documentClient();
  return { activities: activityStore(client, table), people: personStore(client, table) };
}

/** For a person's own pages: everything about that person, and disputes. */
export function historyPorts(told: Environment) {
  const client = documentClient();
  const { table } = told;
  return {
    ...recordPorts(told),
    store: transactionStore(client, table, clock),
    signatures: subjectIndex(client, table),
    disputes: disputeStore(client, table),
    marks: disputeMarks(client, table),
  };
}

/** For what everybody may know of a signature, and not more of it. */
export function standingPorts({ table }: Pick<Environment, "table">): StandingPorts {
  const client = documentClient();
  return { certificates: certificateIndex(client, table), publicParts: publicParts(client, table) };
}

/** For everybody's look-ups. */
export function lookupPorts({ table }: Environment) {
  const client = documentClient();
  return {
    store: transactionStore(client, table, clock),
    ...standingPorts({ table }),
    codes: codeIndex(client, table),
    guesses: openingGuesses(client, table),
  };
}

export function assistancePorts({ table }: Environment): { readonly assistances: AssistanceStore } {
  return { assistances: assistanceStore(documentClient(), table, clock) };
}

/** The rest of what assisting takes, for the one function that does it. */
export function relayPorts({ table }: Environment) {
  const client = documentClient();
  return {
    pairings: pairingStore(client, table),
    parts: partStore(client, table, clock),
    days: assistanceDays(client, table, clock),
  };
}

export function passkeyPorts({ table }: Environment): { readonly passkeys: PasskeyStore } {
  return { passkeys: passkeyStore(documentClient(), table) };
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

/** For whoever signs without an identity token. */
export function issuingKeys(): { readonly issuingCa: Signer; readonly tsa: Signer } {
  const client = kmsClient();
  return { issuingCa: kmsSigner(client, KEY_ALIASES.issuingCa), tsa: kmsSigner(client, KEY_ALIASES.tsa) };
}

export function reportKeys(): { readonly reportSeal: Signer; readonly tsa: Signer } {
  const client = kmsClient();
  return { reportSeal: kmsSigner(client, KEY_ALIASES.report), tsa: kmsSigner(client, KEY_ALIASES.tsa) };
}

export function statusKey(): { readonly responder: Signer } {
  return { responder: kmsSigner(kmsClient(), KEY_ALIASES.ocsp) };
}
