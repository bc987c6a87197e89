import type { Attempt } from "./attempt.ts";
import type { Desk } from "./desk.ts";

/** Nothing of a citizen stays on a machine at the counter: not the document, not the secret, not the way back. */
export async function leaveKiosk({ store }: Pick<Desk, "store">, attempt: Attempt | undefined): Promise<void> {
  if (attempt !== undefined) await store.remove(attempt.id);
  location.replace("/ghep#xong");
}
