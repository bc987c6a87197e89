import { type Attempt, isAtCounter } from "./attempt.ts";
import { KEPT_AT_COUNTER_MS, KEPT_MS } from "./limits.ts";

/** How much of a record the browser keeps: with the files, without them, or nothing beyond this page (private windows). */
export type Kept = "whole" | "without-files" | "nothing";

export type AttemptStore = {
  readonly read: (id: string) => Promise<Attempt | undefined>;
  /** Replaces the record. Never fails: what the browser refuses is kept as long as the page is open. */
  readonly write: (attempt: Attempt) => Promise<Kept>;
  readonly remove: (id: string) => Promise<void>;
  /** Newest first, without their files. */
  readonly list: () => Promise<readonly Attempt[]>;
};

const DATABASE = "motlan-sign";
const ATTEMPTS = "attempts";
/** Apart from the records: those change with every page that is read, and a file of 100 MB is written once. */
const FILES = "files";

/** Opens the records of this browser and forgets those whose time is over. */
export async function openStore(now: number): Promise<AttemptStore> {
  const database = await openDatabase().catch(() => undefined);
  const store = database === undefined ? openForThisPage() : openIn(database);
  for (const attempt of await store.list())
    if (attempt.startedAt + (isAtCounter(attempt) ? KEPT_AT_COUNTER_MS : KEPT_MS) <= now)
      await store.remove(attempt.id);
  return store;
}

function openForThisPage(): AttemptStore {
  const open = new Map<string, Attempt>();
  return {
    read: async (id) => open.get(id),
    async write(attempt) {
      open.set(attempt.id, attempt);
      return "nothing";
    },
    async remove(id) {
      open.delete(id);
    },
    list: async () => [],
  };
}

function openIn(database: IDBDatabase): AttemptStore {
  const written = new Set<string>();
  /** What the browser refused; gone with the page. */
  const open = new Map<string, Attempt>();
  const list = async () => {
    const found = (await run(database, ATTEMPTS, "readonly", (store) => store.getAll()).catch(() => [])) as Attempt[];
    return found.sort((a, b) => b.startedAt - a.startedAt);
  };
  const writeFiles = async ({ documents }: Attempt): Promise<boolean> => {
    for (const { fileKey, file } of documents) {
      if (file === undefined || written.has(fileKey)) continue;
      const done = await run(database, FILES, "readwrite", (store) => store.put(file, fileKey)).then(
        () => true,
        () => false,
      );
      if (!done) return false;
      written.add(fileKey);
    }
    return true;
  };
  return {
    async read(id) {
      const known = open.get(id);
      if (known !== undefined) return known;
      const kept = await run(database, ATTEMPTS, "readonly", (store) => store.get(id)).catch(() => undefined);
      if (kept === undefined) return undefined;
      const attempt = kept as Attempt;
      const documents = await Promise.all(
        attempt.documents.map(async (document) => {
          const file = await run(database, FILES, "readonly", (store) => store.get(document.fileKey)).catch(
            () => undefined,
          );
          if (file instanceof Blob) written.add(document.fileKey);
          return { ...document, file: file instanceof Blob ? file : undefined };
        }),
      );
      return { ...attempt, documents };
    },
    async write(attempt) {
      open.set(attempt.id, attempt);
      const documents = attempt.documents.map(({ file: _file, ...rest }) => rest);
      try {
        await run(database, ATTEMPTS, "readwrite", (store) => store.put({ ...attempt, documents }));
      } catch {
        return "nothing";
      }
      return (await writeFiles(attempt)) ? "whole" : "without-files";
    },
    async remove(id) {
      open.delete(id);
      const all = await list();
      const gone = all.find((attempt) => attempt.id === id);
      await run(database, ATTEMPTS, "readwrite", (store) => store.delete(id)).catch(() => undefined);
      // A renewed attempt is about the same file.
      const needed = new Set(all.filter((other) => other !== gone).flatMap(fileKeys));
      for (const key of gone === undefined ? [] : fileKeys(gone)) {
        if (needed.has(key)) continue;
        written.delete(key);
        await run(database, FILES, "readwrite", (store) => store.delete(key)).catch(() => undefined);
      }
    },
    list,
  };
}

const fileKeys = ({ documents }: Attempt): readonly string[] => documents.map(({ fileKey }) => fileKey);

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    // Some private windows throw here, some fail later.
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ATTEMPTS, { keyPath: "id" });
      request.result.createObjectStore(FILES);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new DOMException("another page holds an older version", "InvalidStateError"));
  });
}

function run(
  database: IDBDatabase,
  name: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = work(transaction.objectStore(name));
    // Written is what the transaction says is written, not what one request says.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
