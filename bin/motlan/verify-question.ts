import type { Facts } from "../../lib/facts/facts.ts";
import type { Asked } from "../../lib/service/status-source.ts";
import type { Policy } from "../../lib/validate/policy.ts";
import type { Verification } from "../../lib/validate/report.ts";
import type { VerifyRequest } from "./verify-request.ts";

/** What is the same for all files of one run. */
export type VerifyOptions = {
  readonly revocation: Policy["revocation"];
  /** Hosts that may be asked for the status of certificates. */
  readonly hosts: readonly string[];
  readonly facts: boolean;
  /** A document about the file besides: a page for people, or an ETSI report. Neither is sealed: the service's key is elsewhere. */
  readonly report: "pdf" | "xml" | undefined;
  /** Largest file, octets; Infinity is none. */
  readonly limit: number;
};

/** What the process that reads files is asked, and what it answers. */
export type VerifyQuestion = { readonly request: VerifyRequest; readonly at: number; readonly options: VerifyOptions };
export type VerifyAnswer = {
  readonly verification: Verification;
  readonly facts?: Facts;
  readonly report?: Uint8Array;
  readonly asked: readonly Asked[];
  /** What was left out of the trust that was given. */
  readonly warnings: readonly string[];
};
