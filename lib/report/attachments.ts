import { type Bytes, fromUtf8 } from "../bytes/bytes.ts";
import type { Attachment } from "../draw/document.ts";
import type { Facts } from "../facts/facts.ts";
import type { Verification } from "../validate/report.ts";

/** Name of the attached answer; notes on the page point to it. */
export const ANSWER_FILE = "verification.json";
/** Octets of facts beyond which they are left out: the answer alone is what was promised. */
const FACTS_LIMIT = 4 * 1024 * 1024;

/** What goes into the report for machines: the answer, and the facts that it follows from where they are given. */
export function attachmentsOf(verification: Verification, facts: Facts | undefined): readonly Attachment[] {
  const answer: Attachment = {
    name: ANSWER_FILE,
    mediaType: "application/json",
    relationship: "Data",
    description: "Câu trả lời cho máy đọc / The machine-readable answer",
    data: json(verification),
  };
  const gathered = facts === undefined ? undefined : json(facts);
  if (gathered === undefined || gathered.length > FACTS_LIMIT) return [answer];
  const source: Attachment = {
    name: "facts.json",
    mediaType: "application/json",
    relationship: "Source",
    description: "Dữ kiện mà từ đó rút ra kết luận / The facts that the answer follows from",
    data: gathered,
  };
  return [answer, source];
}

function json(value: unknown): Bytes {
  return fromUtf8(`${JSON.stringify(value, undefined, 1)}\n`);
}
