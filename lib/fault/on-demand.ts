/**
 * A part of the program that a page has not loaded yet is needed. Neither bad input nor misuse: whoever can wait loads it and
 * begins anew ({@link whenLoaded}).
 */
export class NotLoaded extends Error {
  override readonly name = "NotLoaded";
  readonly load: () => Promise<void>;
  constructor(load: () => Promise<void>) {
    super("a part of the program is not loaded yet");
    this.load = load;
  }
}

/**
 * A part that only few files need, for a page: the code that asks for it stays synchronous, as it is where everything is at hand.
 *
 * @returns gives the part once it is loaded; throws {@link NotLoaded} until then
 */
export function onDemand<T>(load: () => Promise<T>): () => T {
  let part: T | undefined;
  const fetchIt = async (): Promise<void> => {
    part = await load();
  };
  return () => {
    if (part === undefined) throw new NotLoaded(fetchIt);
    return part;
  };
}

/**
 * Does work that depends on its arguments alone; as often as a part is missing it is loaded, and the work done from the beginning.
 * In Node, where nothing is missing, that is once.
 *
 * @throws whatever the work or the loading throws
 */
export async function whenLoaded<T>(work: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      await error.load();
    }
  }
}
