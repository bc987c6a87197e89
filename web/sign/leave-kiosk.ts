import { isAtCounter } from "./attempt.ts";
import type { Desk } from "./desk.ts";

/** Nothing of a citizen stays on a machine at the counter: not the document, not the secret, not the way back. */
export async function leaveKiosk({ store }: Pick<Desk, "store">): Promise<void> {
  await forgetCitizens(store);
  location.replace("/ghep#xong");
}

/** One signature may be several records: more time is a new transaction about the same file. */
export async function forgetCitizens(store: Pick<Desk["store"], "list" | "remove">): Promise<void> {
  for (const attempt of await store.list()) if (isAtCounter(attempt)) await store.remove(attempt.id);
}
