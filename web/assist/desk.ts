import { agree } from "../../lib/assist/agree.ts";
import { type HandedDocument, writeHandover } from "../../lib/assist/handover.ts";
import { keyHash, matchNumber } from "../../lib/assist/keys.ts";
import { sealParts } from "../../lib/assist/seal.ts";
import { fromBase64Url, toBase64Url } from "../../lib/bytes/base64.ts";
import { Fault } from "../../lib/fault/fault.ts";
import type { AssistanceMode, AssistanceReason } from "../../lib/text/assistance.ts";
import { giveKey, type OfficerView, openAssistance, putPart } from "./client.ts";
import { type KeyPair, newKeyPair } from "./keys.ts";

/** What the officer fills in. */
export type Asked = {
  readonly mode: AssistanceMode;
  readonly reason: AssistanceReason;
  readonly procedure: string;
  readonly caseRef: string;
  readonly files: readonly File[];
};

/** One assistance in the officer's page: its keys and documents live here and nowhere else. */
export type OpenDesk = {
  readonly id: string;
  readonly pair: KeyPair;
  readonly pairingCode: string;
  readonly pairingSecret: string;
  readonly keyHash: string;
  readonly asked: Asked;
};

export async function openDesk(asked: Asked): Promise<{ readonly desk: OpenDesk; readonly view: OfficerView }> {
  const pair = await newKeyPair();
  const hash = toBase64Url(keyHash(pair.publicKey));
  const { mode, reason, procedure, caseRef } = asked;
  const view = await openAssistance({
    ...{ mode, reason, officerKeyHash: hash },
    ...(procedure.trim() === "" ? {} : { procedure }),
    ...(caseRef.trim() === "" ? {} : { caseRef }),
  });
  const { id, pairingCode, pairingSecret } = view;
  return { desk: { id, pair, pairingCode, pairingSecret, keyHash: hash, asked }, view };
}

/** Shows the citizen's page the officer's key, which it has known the hash of, and gives the number that both screens show. */
export async function revealKey({ id, pair }: OpenDesk, view: OfficerView): Promise<string> {
  const citizenKey = keyOf(view);
  if (!view.officerKeySent) await giveKey(id, pair.publicKey);
  return matchNumber(pair.publicKey, citizenKey);
}

/**
 * Seals the documents for the citizen's page and hands them over, part by part.
 *
 * @param onProgress 0 … 1
 */
export async function handOver(desk: OpenDesk, view: OfficerView, onProgress: (part: number) => void): Promise<void> {
  const { id, pair, asked } = desk;
  const citizenKey = keyOf(view);
  const secret = await agree({
    ...{ privateKey: pair.privateKey, officerKey: pair.publicKey, citizenKey },
    ...{ side: "officer", id },
  });
  const procedure = asked.procedure.trim();
  const whole = writeHandover({
    documents: await Promise.all(asked.files.map(handed)),
    relyingParty: view.unit,
    ...(procedure === "" ? {} : { procedure }),
  });
  const parts = await sealParts(secret, whole);
  for (const [number, part] of parts.entries()) {
    await putPart(id, number, part, parts.length);
    onProgress((number + 1) / parts.length);
  }
}

async function handed(file: File): Promise<HandedDocument> {
  const fileName = plain(file.name);
  return { title: fileName.replace(/\.pdf$/i, ""), fileName, pdf: new Uint8Array(await file.arrayBuffer()) };
}

/** A file's name may hold anything; what is handed over is plain text. */
function plain(name: string): string {
  const text = name
    .normalize("NFC")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .trim();
  return text === "" ? "tai-lieu.pdf" : [...text].slice(-200).join("");
}

function keyOf({ citizenKey }: OfficerView): Uint8Array {
  const octets = citizenKey === null ? undefined : fromBase64Url(citizenKey);
  if (octets === undefined) throw new Fault("handover_malformed", "the citizen's page gave no key");
  return octets;
}
