import { FAULTS, type FaultCode } from "../text/faults.ts";

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

/** RFC 9457 §3.1 members; `title_vi`, `code`, `retry` and `signed` are extension members (§3.2). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly title_vi: string;
  readonly status: number;
  readonly detail: string;
  readonly code: FaultCode;
  /** The same request can succeed later, unchanged. */
  readonly retry: boolean;
  /** Whether a signature exists although the request failed. */
  readonly signed: boolean;
};

/** @param base URL prefix of the problem types, without a slash at its end */
export function toProblem(fault: Fault, base: string): Problem {
  const { status, vi, en, retry, signed } = FAULTS[fault.code];
  return {
    type: `${base}/problems/${fault.code}`,
    title: en,
    title_vi: vi,
    status,
    detail: fault.message,
    code: fault.code,
    retry,
    signed,
  };
}
