/** Octets of one array: an image of 64 million pixels in four colours. What unpacks to more is made to exhaust the device. */
const LIMIT = 256 * 1024 * 1024;

/** Says in the page's error event what it is about. */
export const TOO_MUCH = "a piece of the document asks for too much memory";

const ARRAYS = [
  "Uint8Array",
  "Uint8ClampedArray",
  "Uint16Array",
  "Int16Array",
  "Uint32Array",
  "Int32Array",
  "Float32Array",
] as const;

type Maker = new (...given: unknown[]) => object;

/**
 * Makes large arrays impossible, in a worker that is ours alone. PDF.js unpacks a stream into an array that it doubles as it
 * fills, without any end; where that fails it leaves the piece out without a word, so the page is told by an error event.
 */
export function guardMemory(): void {
  const refuse = (): never => {
    const error = new RangeError(TOO_MUCH);
    reportError(error);
    throw error;
  };
  const scope = globalThis as unknown as Record<string, Maker & { readonly BYTES_PER_ELEMENT: number }>;
  for (const name of ARRAYS) {
    const Original = scope[name];
    if (Original === undefined) continue;
    const Guarded: typeof Original = new Proxy(Original, {
      construct(target, given: unknown[], maker): object {
        const [length] = given;
        if (typeof length === "number" && length * Original.BYTES_PER_ELEMENT > LIMIT) return refuse();
        return Reflect.construct(target, given, maker === Guarded ? target : maker) as object;
      },
    });
    scope[name] = Guarded;
  }
  guardUnpacking(refuse);
}

type Octets = Uint8Array<ArrayBuffer>;

/** Octets that are handed to the browser's own unpacking at once: they become 16 MB at most (RFC 1951: 258 octets of two bits). */
const PIECE = 16 * 1024;

/** The browser unpacks all that it is given before anybody can count: it is given little at a time. */
function guardUnpacking(refuse: () => never): void {
  const Unpacking = globalThis.DecompressionStream;
  if (Unpacking === undefined) return;
  globalThis.DecompressionStream = class {
    readonly readable: ReadableStream<Octets>;
    readonly writable: WritableStream<BufferSource>;
    constructor(format: CompressionFormat) {
      const inner = new Unpacking(format);
      let left = LIMIT;
      const cut = new TransformStream<BufferSource, BufferSource>({
        transform(given, controller) {
          const whole = new Uint8Array(ArrayBuffer.isView(given) ? given.buffer : given) as Octets;
          const [start, length] = ArrayBuffer.isView(given) ? [given.byteOffset, given.byteLength] : [0, whole.length];
          for (let at = start; at < start + length; at += PIECE)
            controller.enqueue(whole.subarray(at, Math.min(at + PIECE, start + length)));
        },
      });
      const count = new TransformStream<Octets, Octets>(
        {
          transform(piece, controller) {
            left -= piece.byteLength;
            if (left < 0) refuse();
            controller.enqueue(piece);
          },
        },
        undefined,
        { highWaterMark: 0 },
      );
      cut.readable.pipeTo(inner.writable).catch(() => undefined);
      this.writable = cut.writable;
      this.readable = inner.readable.pipeThrough(count);
    }
  };
}
