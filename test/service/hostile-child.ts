import { Fault } from "../../lib/fault/fault.ts";
import { answerQuestions } from "../../lib/service/isolated.ts";

const KEPT: Uint8Array[] = [];

/** Does what a question says: the ways in which a file could do harm to whoever reads it. */
const DEEDS: Readonly<Record<string, (argument: unknown) => unknown>> = {
  echo: (argument) => argument,
  pid: () => process.pid,
  slow: (argument) => new Promise((resolve) => setTimeout(resolve, Number(argument), argument)),
  loop() {
    for (;;);
  },
  heap() {
    const held: unknown[] = [];
    for (;;) held.push({ a: held.length, b: [held.length] });
  },
  buffers() {
    const held: Uint8Array[] = [];
    for (;;) held.push(new Uint8Array(8 * 1024 * 1024).fill(1));
  },
  /** Leaves so many megabytes behind that nobody needs any more. */
  litter(argument) {
    return new Uint8Array(Number(argument) * 1024 * 1024).fill(1).length;
  },
  /** Keeps so many megabytes for ever. */
  keep(argument) {
    KEPT.push(new Uint8Array(Number(argument) * 1024 * 1024).fill(1));
  },
  /** Megabytes, once the engine has had time to give them back. */
  async resident() {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return process.memoryUsage.rss() / 1024 / 1024;
  },
  stack: function deeper(argument): number {
    return 1 + (DEEDS.stack?.(argument) as number);
  },
  abort: () => process.abort(),
  exit: () => process.exit(0),
  fault() {
    throw new Fault("pdf_encrypted", "a password");
  },
  throws() {
    throw new TypeError("secret");
  },
};

answerQuestions(async ([deed, argument]: readonly [string, unknown]) => DEEDS[deed]?.(argument));
