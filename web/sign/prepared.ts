import { Fault } from "../../lib/fault/fault.ts";
import type { Language } from "../ui/text.ts";
import type { Attempt, SigningDocument, TransactionView } from "./attempt.ts";
import { type Desk, during, go } from "./desk.ts";
import { fetchDocument } from "./fetch-document.ts";
import type { PreparedLink } from "./link.ts";
import { finish } from "./returning.ts";
import { random, read } from "./transaction.ts";
import { inWorker } from "./worker.ts";

/**
 * Opens a transaction that an agency prepared: its documents are fetched from the agency, and each must be the one that the
 * transaction is about.
 */
export async function openPrepared(desk: Desk, link: PreparedLink, language: Language): Promise<void> {
  // At once: the secret does not stay in the address, nor in the history.
  history.replaceState(null, "", location.pathname + location.search);
  const known = await desk.store.read(link.id);
  const attempt = known?.secret === link.secret ? known : newPrepared(link, language);
  desk.change({ view: "signing", attempt });
  await fetchAll(desk, attempt);
}

/** Fetches what is not there yet; again after something went wrong. */
export async function fetchAll(desk: Desk, attempt: Attempt): Promise<void> {
  await during(desk, "fetching", async ({ onProgress }) => {
    const view = await read({ ...attempt, documents: [] });
    refuseUnlessOpen(view);
    const count = view.preimage.documents.length;
    const documents: SigningDocument[] = [];
    for (const [index, { title, digest }] of view.preimage.documents.entries()) {
      const held = attempt.documents[index];
      if (held?.file !== undefined) {
        documents.push(held);
        continue;
      }
      const url = view.documentUrls?.[index] ?? undefined;
      if (url === undefined)
        throw new Fault("document_unreachable", "the transaction says nothing of where a document is");
      const file = await fetchDocument(url, (part) => onProgress((index + 0.8 * part) / count));
      const examined = await inWorker({ kind: "examine", file });
      if (examined.digest !== digest)
        throw new Fault("document_changed", "the document is not the one that was prepared");
      documents.push({
        ...{ title, fileName: `${title}.pdf`, size: file.size, sha256: examined.sha256, fileKey: random(16), file },
        ...{ shown: held?.shown ?? [], ready: { digest } },
      });
    }
    const whole = { ...attempt, signerName: view.preimage.signerName ?? "", documents, view };
    await go(desk, whole, attempt.documents.length === 0 ? "review" : attempt.screen, "replace");
  });
  const now = desk.state().attempt;
  if (now?.view?.state === "signed" && desk.state().fault === undefined) await finish(desk, now);
}

function newPrepared({ id, secret }: PreparedLink, language: Language): Attempt {
  const startedAt = Date.now();
  return {
    ...{ id, secret, startedAt, claimedTime: startedAt, language, kind: "prepared", documents: [] },
    ...{ signerName: "", place: "auto", read: false, screen: "review" },
  };
}

function refuseUnlessOpen({ state }: TransactionView): void {
  if (state === "declined") throw new Fault("declined", "the transaction was declined");
  if (state === "expired") throw new Fault("session_expired", "the transaction's time has passed");
}
