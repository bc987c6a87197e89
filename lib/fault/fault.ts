import type { FaultCode } from "../text/faults.ts";

export type { FaultCode };

/**
 * Bad input or a known outage, with a stable code. A programmer's misuse is a `TypeError`, and "not validly signed" is a
 * result: neither is a Fault.
 */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  /** @param detail what was found and where, in English, for the caller's eyes: never key material, never personal data */
  constructor(code: FaultCode, detail: string, options?: { readonly cause?: unknown }) {
    super(detail, options);
    this.code = code;
  }
}
