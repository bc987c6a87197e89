/** Octets. A request names a file and a few paths. */
const MAX_LINE = 1024 * 1024;

/** One line without its end; undefined where it is too long or not UTF-8. */
export type Line = string | undefined;

/**
 * The lines of a stream of octets. One that is too long is given as undefined, and is not held in memory; the last one needs no end.
 */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, from)) {
      keep(chunk.subarray(from, end));
      yield take();
      from = end + 1;
    }
    keep(chunk.subarray(from));
  }
  if (length > 0) yield take();

  function keep(part: Uint8Array): void {
    length += part.length;
    if (length <= MAX_LINE) parts.push(part.slice());
    else parts = [];
  }
  function take(): Line {
    const line = length > MAX_LINE ? undefined : decode(Buffer.concat(parts));
    parts = [];
    length = 0;
    return line;
  }
}

// The byte order mark that some editors put in front is dropped.
const DECODER = new TextDecoder("utf-8", { fatal: true });

function decode(octets: Uint8Array): Line {
  try {
    return DECODER.decode(octets).replace(/\r$/, "");
  } catch {
    return undefined;
  }
}

/**
 * Works on the items of a stream side by side and writes the results in the order of the items, each as soon as it and all before it
 * are there: a program that sends one request and waits for its answer does not wait for ever.
 *
 * @param window how many items are under way at most
 */
export async function inOrder<Item, Result>(
  source: AsyncIterable<Item>,
  window: number,
  work: (item: Item) => Promise<Result>,
  write: (result: Result) => Promise<void>,
): Promise<void> {
  let written = Promise.resolve();
  let open = 0;
  let wake: (() => void) | undefined;
  for await (const item of source) {
    const result = work(item);
    // Its failure is told below, where it is awaited.
    result.catch(() => {});
    open++;
    written = written.then(async () => {
      await write(await result);
      open--;
      wake?.();
    });
    if (open >= window)
      await Promise.race([
        written,
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
      ]);
  }
  await written;
}
