import { FAULTS, type FaultCode } from "../text/faults.ts";
import type { Fault } from "./fault.ts";

// Not beside the error: whoever only throws one, as the validator in a page does, needs none of the texts.

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
