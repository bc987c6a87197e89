import type { ListedPhoto } from "./photo-list.tsx";

/** Of a photo, what another page makes the list of again. */
export type KeptPhoto = Pick<ListedPhoto, "key" | "turns" | "jpeg"> & { readonly small: Blob };

/**
 * Photos that are no PDF yet, in this browser alone: a telephone that opens its camera may end the page meanwhile. Nothing here fails: what
 * the browser refuses to keep lasts as long as the page.
 */
export type PhotoStore = {
  /** In their order. */
  readonly read: () => Promise<readonly KeptPhoto[]>;
  /** All that there are now; the others are forgotten. */
  readonly write: (photos: readonly KeptPhoto[]) => Promise<void>;
};

const DATABASE = "motlan-photos";
/** By their keys, written once. */
const PHOTOS = "photos";
/** One record: keys in their order, how often each was turned, and when the first was taken. */
const ORDER = "order";

type Order = { readonly since: number; readonly photos: readonly Pick<KeptPhoto, "key" | "turns">[] };

/** @param keptMs how long photos are kept that nobody made a PDF of */
export function photoStore(now: () => number, keptMs: number): PhotoStore {
  const written = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, in the order asked for. */
  const queued = <T>(work: (database: IDBDatabase) => Promise<T>, otherwise: T): Promise<T> => {
    const done = last.then(async () => {
      const database = await openDatabase();
      return work(database).finally(() => database.close());
    });
    last = done.catch(() => undefined);
    return done.catch(() => otherwise);
  };
  const write = (photos: readonly KeptPhoto[]) =>
    queued(async (database) => {
      const transaction = database.transaction([PHOTOS, ORDER], "readwrite");
      const [files, orders] = [transaction.objectStore(PHOTOS), transaction.objectStore(ORDER)];
      for (const key of written) if (photos.every((photo) => photo.key !== key)) files.delete(key);
      if (photos.length === 0) files.clear();
      for (const { key, jpeg, small } of photos) if (!written.has(key)) files.put({ jpeg, small }, key);
      const since = (await got<Order | undefined>(orders.get(ORDER)))?.since ?? now();
      if (photos.length === 0) orders.clear();
      else orders.put({ since, photos: photos.map(({ key, turns }) => ({ key, turns })) } satisfies Order, ORDER);
      await ended(transaction);
      written.clear();
      for (const { key } of photos) written.add(key);
    }, undefined);
  const read = () =>
    queued(async (database): Promise<readonly KeptPhoto[]> => {
      const transaction = database.transaction([PHOTOS, ORDER]);
      const order = await got<Order | undefined>(transaction.objectStore(ORDER).get(ORDER));
      if (order === undefined) return [];
      const found: KeptPhoto[] = [];
      for (const { key, turns } of order.photos) {
        const photo = await got<Omit<KeptPhoto, "key" | "turns"> | undefined>(transaction.objectStore(PHOTOS).get(key));
        if (photo === undefined) continue;
        found.push({ key, turns, ...photo });
        written.add(key);
      }
      if (order.since + keptMs > now()) return found;
      void write([]);
      return [];
    }, []);
  return { read, write };
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(PHOTOS);
      request.result.createObjectStore(ORDER);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new DOMException("another page holds an older version", "InvalidStateError"));
  });
}

function got<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error);
  });
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
