import { FONTS } from "web:assets";
import { Fault } from "../../lib/fault/fault.ts";
import type { Language } from "../ui/text.ts";
import type { Asked, Attempt, SigningDocument, StampPlace } from "./attempt.ts";
import { type Desk, during, go, keep } from "./desk.ts";
import { LARGEST_FILE } from "./limits.ts";
import { titleOf } from "./names.ts";
import { finish } from "./returning.ts";
import { random } from "./transaction.ts";
import { inWorker, type Worked } from "./worker.ts";

/** Begins with a file of the person's own. */
export async function chooseFile(desk: Desk, file: File, language: Language): Promise<void> {
  if (file.size > LARGEST_FILE) return desk.change({ fault: "pdf_too_large", tooLarge: file.size });
  await go(desk, newAttempt([{ file, fileName: file.name }], language), "name");
}

export type ChosenFile = { readonly file: Blob; readonly fileName: string; readonly title?: string };

/**
 * What is kept of files that are about to be signed.
 *
 * @param files one to ten
 * @param asked by an officer who handed them over
 */
export function newAttempt(files: readonly ChosenFile[], language: Language, asked?: Asked): Attempt {
  const documents = files.map(({ file, fileName, title }) => ({
    title: title ?? titleOf(fileName, language === "vi" ? "Tài liệu" : "Document"),
    fileName,
    size: file.size,
    fileKey: random(16),
    file,
    shown: [],
  }));
  return {
    ...newKeys(),
    kind: "own",
    language,
    documents,
    ...(asked === undefined ? {} : { asked }),
    signerName: "",
    place: "auto",
    read: false,
    screen: "name",
  };
}

/** What is new with every transaction. */
function newKeys(): Pick<Attempt, "id" | "secret" | "startedAt" | "claimedTime"> {
  const startedAt = Date.now();
  return { id: random(16), secret: random(32), startedAt, claimedTime: Math.floor(startedAt / 1000) * 1000 };
}

/** The same file, name and place for a new transaction: the look-up code in the stamp follows from its id, so the file is prepared anew. */
export function renewed(attempt: Attempt): Attempt {
  return { ...attempt, ...newKeys(), view: undefined };
}

/** @param name plain text, see signerNameOf */
export async function setName(desk: Desk, attempt: Attempt, name: string): Promise<void> {
  if (await prepareWith(desk, attempt, { signerName: name })) await go(desk, desk.state().attempt ?? attempt, "review");
}

export async function setPlace(desk: Desk, attempt: Attempt, place: StampPlace): Promise<boolean> {
  return prepareWith(desk, attempt, { place });
}

/**
 * Makes the file ready to be signed. The same inputs give the same octets, so that a file that had to be chosen again needs no new
 * transaction.
 */
export function prepareWith(
  desk: Desk,
  attempt: Attempt,
  changes: Partial<Pick<Attempt, "signerName" | "place">> = {},
): Promise<boolean> {
  return during(desk, "reading", async (tools) => {
    const same = attempt.view === undefined || Object.keys(changes).length === 0;
    const wanted = { ...(same ? attempt : renewed(attempt)), ...changes };
    const documents: SigningDocument[] = [];
    const count = wanted.documents.length;
    for (const [index, document] of wanted.documents.entries()) {
      const onProgress = (part: number) => tools.onProgress((index + part) / count);
      documents.push(await readied(document, wanted, { ...tools, onProgress }));
    }
    const before = desk.state().attempt;
    await keep(desk, { ...wanted, documents });
    if (before !== undefined && before.id !== wanted.id) await desk.store.remove(before.id);
    history.replaceState({ signing: { id: wanted.id, screen: wanted.screen } }, "");
  });
}

async function readied(document: SigningDocument, wanted: Attempt, tools: Worked): Promise<SigningDocument> {
  const { file } = document;
  if (file === undefined) throw new Fault("file_unreadable", "the file is not at hand");
  const { id, claimedTime, signerName: name, place } = wanted;
  const fontUrl = new URL(FONTS.regular, location.href).href;
  const work = { kind: "prepare", file, id, claimedTime, name, place, host: location.host, fontUrl } as const;
  const { sha256, prepared, digest, stamp } = await inWorker(work, tools);
  return { ...document, sha256, ready: { prepared, digest, ...(stamp === undefined ? {} : { stamp }) } };
}

/**
 * Takes a file that was chosen again, where it is the same one.
 *
 * @returns false: it is another one, and nothing has changed
 */
export async function restoreFile(
  desk: Desk,
  attempt: Attempt,
  missing: SigningDocument,
  file: File,
): Promise<boolean> {
  if (file.size !== missing.size) return false;
  if (missing.sha256 !== undefined) {
    const { sha256 } = await inWorker({ kind: "hash", file });
    if (sha256 !== missing.sha256) return false;
  }
  const documents = attempt.documents.map((document) => (document === missing ? { ...document, file } : document));
  const whole = await keep(desk, { ...attempt, documents });
  if (whole.screen === "done") await finish(desk, whole);
  return true;
}
