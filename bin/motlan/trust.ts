import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { basename } from "node:path";
import { Fault } from "../../lib/fault/fault.ts";
import { isPlainText } from "../../lib/text/plain.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import { describeAnchor } from "../../lib/trust/describe.ts";
import { parseFingerprint } from "../../lib/trust/parse-fingerprint.ts";
import { parseTrustProfile, writeTrustProfile } from "../../lib/trust/profile.ts";
import { readAnchorFile } from "../../lib/trust/read-anchors.ts";
import { fingerprint } from "../../lib/x509/fingerprint.ts";
import type { Output } from "./output.ts";
import { readTrustPaths } from "./trust-paths.ts";
import { type Change, changeTrustStore, readTrustStore, type TrustStore } from "./trust-store.ts";

export type TrustOptions = {
  readonly trust: readonly string[];
  readonly class?: string | undefined;
  readonly source?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly "managing-unit"?: string | undefined;
  readonly use: readonly string[];
  readonly test: boolean;
  readonly by?: string | undefined;
  readonly head?: string | undefined;
  readonly force: boolean;
};

type Action = (directory: string, rest: readonly string[], options: TrustOptions, out: Output) => void;
const CHANGES: Readonly<Record<string, Action>> = { add, remove, audit };

/** Keeps a trust directory: `trust add FILE`, `trust remove SHA256`, `trust list`, `trust audit`. */
export function trust(action: string, rest: readonly string[], options: TrustOptions, out: Output): void {
  const [directory, ...others] = options.trust;
  const change = Object.hasOwn(CHANGES, action) ? CHANGES[action] : undefined;
  if (action === "list") list(options, out);
  else if (change === undefined)
    throw new Fault("usage", "trust add FILE…, trust remove SHA256, trust list, or trust audit");
  else if (directory === undefined || others.length > 0)
    throw new Fault("usage", `trust ${action} needs one --trust DIR`);
  else change(directory, rest, options, out);
}

function add(directory: string, files: readonly string[], options: TrustOptions, out: Output): void {
  if (files.length === 0) throw new Fault("usage", "trust add needs a FILE: a certificate, or a trust profile");
  const added = files.flatMap((file) => anchorsOf(file, options));
  const { head } = changeTrustStore(directory, author(options), (store) => {
    let anchors = store.anchors;
    const changes = adoption(store, options);
    for (const anchor of added) {
      const sha256 = fingerprint(anchor.certificate);
      if (anchors.some(({ certificate }) => fingerprint(certificate) === sha256))
        throw new Fault("trust_anchor_known", `${sha256}; remove it first to say something else about it`);
      anchors = [...anchors, anchor];
      changes.push({ action: "add", sha256, anchors });
    }
    return changes;
  });
  const rows = added.map(describeAnchor);
  out.result({ added: rows, auditHead: head }, [
    ...rows.map((row) => `Đã thêm / Added: ${row.subject}\n  SHA-256 ${row.sha256} · ${row.class}`),
    `Nhật ký / Audit: ${head}`,
  ]);
}

function remove(directory: string, [text, ...more]: readonly string[], options: TrustOptions, out: Output): void {
  const sha256 = text === undefined || more.length > 0 ? undefined : parseFingerprint(text);
  if (sha256 === undefined)
    throw new Fault("usage", "trust remove needs one SHA-256 of a certificate (trust list shows it)");
  const { head } = changeTrustStore(directory, author(options), (store) => {
    const anchors = store.anchors.filter(({ certificate }) => fingerprint(certificate) !== sha256);
    if (anchors.length === store.anchors.length)
      throw new Fault(
        "trust_anchor_unknown",
        `${sha256} is not in the profile; a file in the directory is taken out by hand`,
      );
    return [...adoption(store, options), { action: "remove", sha256, anchors }];
  });
  out.result({ removed: sha256, auditHead: head }, [`Đã bỏ / Removed: ${sha256}`, `Nhật ký / Audit: ${head}`]);
}

/** Nothing is built on a profile that was changed besides its audit, unless the operator stands by that. */
function adoption({ standing, anchors }: TrustStore, { force }: TrustOptions): Change[] {
  if (standing !== "changed-besides") return [];
  if (!force)
    throw new Fault("trust_audit_broken", "the profile was changed besides its audit; --force adopts it as it is");
  return [{ action: "adopt", sha256: null, anchors }];
}

function list({ trust: paths }: TrustOptions, out: Output): void {
  if (paths.length === 0) throw new Fault("usage", "trust list needs --trust");
  const { anchors, warnings } = readTrustPaths(paths);
  const rows = anchors.map(describeAnchor);
  out.result({ anchors: rows, warnings }, [
    rows.length === 0
      ? "Không có tổ chức nào được tin cậy. / Nobody is trusted."
      : `${rows.length} chứng thư / certificates`,
    ...rows.map(
      (row) =>
        `${row.subject}${row.test ? " [TEST]" : ""}\n  ${row.class} · ${row.uses.join(", ")} · ${row.notBefore} – ${row.notAfter}\n` +
        `  ${row.source}${row.managingUnit === null ? "" : ` · ${row.managingUnit}`}\n  SHA-256 ${row.sha256}`,
    ),
    ...warnings.map((warning) => `! ${warning}`),
  ]);
}

const STANDINGS = {
  agrees: "Danh sách khớp với nhật ký. / The list agrees with its audit.",
  interrupted:
    "Thay đổi cuối đã ghi nhật ký nhưng chưa thực hiện; chạy lại lệnh đó. / The last change is recorded and was not carried out; run it again.",
};

function audit(directory: string, _: readonly string[], { head }: TrustOptions, out: Output): void {
  const store = readTrustStore(directory);
  if (store.standing === "changed-besides")
    throw new Fault("trust_audit_broken", "the profile is not what the audit's last line left");
  if (head !== undefined && !headsOf(store).includes(head.toLowerCase()))
    throw new Fault(
      "trust_audit_broken",
      "no line of the audit has the hash that was given: lines were taken off the end",
    );
  const { lines } = store.audit;
  out.result({ standing: store.standing, head: store.audit.head, lines }, [
    ...lines.map(({ when, who, action, sha256 }) => `${when}  ${who}  ${action}  ${sha256 ?? ""}`),
    STANDINGS[store.standing],
    `SHA-256 ${store.audit.head}`,
  ]);
}

/** Hashes of all lines: each is what the next one calls the one before. */
function headsOf({ audit: { lines, head } }: TrustStore): readonly string[] {
  return [...lines.map(({ previous }) => previous), head];
}

function anchorsOf(file: string, options: TrustOptions): readonly TrustAnchor[] {
  let octets: Uint8Array;
  try {
    octets = new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw new Fault("file_unreadable", `cannot read ${basename(file)}`, { cause });
  }
  const { anchors, profile, unreadable } = readAnchorFile(octets, options.source ?? basename(file));
  if (unreadable > 0)
    throw new Fault("trust_malformed", `${basename(file)}: ${unreadable} certificates cannot be read`);
  if (profile) return anchors;
  return anchors.map((anchor) => asTold(anchor, options));
}

/** What the options say of a bare certificate, through the reader of profiles: one set of rules. */
function asTold({ certificate }: TrustAnchor, options: TrustOptions): TrustAnchor {
  const { class: signatureClass, source, from, until, use, test } = options;
  if (signatureClass === undefined || source === undefined)
    throw new Fault(
      "usage",
      "a bare certificate needs --class and --source: what it is trusted for, and where that is written",
    );
  const unit = options["managing-unit"];
  const bare = JSON.parse(
    writeTrustProfile([{ certificate, class: "DEDICATED", source: "-", test, uses: ["signature"] }]),
  );
  const [anchor] = bare.anchors;
  const told = {
    ...anchor,
    class: signatureClass,
    source,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(unit === undefined ? {} : { managingUnit: unit }),
    uses: use.length === 0 ? ["signature", "timestamp"] : use,
  };
  const [read] = parseTrustProfile(JSON.stringify({ version: 1, anchors: [told] }));
  if (read === undefined) throw new TypeError("one anchor was written");
  return read;
}

/** Code points of a name in the audit. */
const MAX_NAME = 100;

function author({ by }: TrustOptions) {
  const who = by ?? userInfo().username;
  if (!isPlainText(who, MAX_NAME)) throw new Fault("usage", `--by is a name of at most ${MAX_NAME} characters`);
  return { when: new Date().toISOString(), who };
}
