import { FAULTS, type FaultCode } from "../../lib/text/faults.ts";
import { withoutSigning } from "../../lib/text/without-signing.ts";
import { type CheckBanner, checkBanner } from "./banner.ts";
import type { Checked } from "./check-file.ts";
import { csvOf } from "./csv.ts";

/** A file of several, and how far it is with it. */
export type Row = { readonly file: File } & (
  | { readonly state: "waiting" | "checking" }
  | { readonly state: "failed"; readonly code: FaultCode }
  | { readonly state: "done"; readonly checked: Checked }
);

/** @returns undefined for a file of which nothing is known */
export function bannerOfRow(row: Row): CheckBanner | undefined {
  return row.state === "done" ? checkBanner(row.checked.answer.verification, row.checked.standings) : undefined;
}

export function signersOf(row: Row): readonly string[] {
  if (row.state !== "done") return [];
  return row.checked.answer.verification.signatures.map(({ sevenFields }) => sevenFields.signer ?? "?");
}

const COLUMNS = [
  ...["file", "verdict", "result", "ket_qua", "result_en", "signatures", "signers"],
  ...["signed_at", "sha256", "size", "checked_at", "error"],
];

/** A line for each file that was looked at; `result` is the row of the banner, the two beside it are its sentence. */
export function tableOf(rows: readonly Row[]): string {
  return csvOf([COLUMNS, ...rows.filter(isEnded).map(lineOf)]);
}

function lineOf(row: Row): readonly (string | number)[] {
  const { file } = row;
  if (row.state === "failed") {
    const { vi, en } = withoutSigning(FAULTS[row.code]);
    return [file.name, "CANNOT_TELL", "unreadable", vi, en, "", "", "", "", file.size, "", row.code];
  }
  const banner = bannerOfRow(row);
  if (row.state !== "done" || banner === undefined) throw new TypeError("a row that is not done");
  const { verification, sha256 } = row.checked.answer;
  const times = verification.signatures.map(({ sevenFields }) => sevenFields.signingTime.time ?? "?");
  return [
    ...[file.name, verification.verdict, banner.key, banner.title.vi, banner.title.en],
    ...[verification.signatures.length, signersOf(row).join("; "), times.join("; ")],
    ...[sha256, file.size, verification.at, ""],
  ];
}

/** A JSON object a line, as `motlan verify --json` writes them. */
export function linesOf(rows: readonly Row[]): string {
  return rows
    .filter(isEnded)
    .map((row) => `${JSON.stringify(objectOf(row))}\n`)
    .join("");
}

function objectOf(row: Row): unknown {
  const file = row.file.name;
  if (row.state === "failed") {
    const { vi, en } = withoutSigning(FAULTS[row.code]);
    return { file, verdict: "CANNOT_TELL", error: { code: row.code, vi, en, detail: "" } };
  }
  if (row.state !== "done") throw new TypeError("a row that is not done");
  return { file, ...row.checked.answer.verification };
}

const isEnded = ({ state }: Row): boolean => state === "done" || state === "failed";
