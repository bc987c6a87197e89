import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { fromBase64, toBase64Url } from "../../lib/bytes/base64.ts";
import { type Bytes, fromUtf8 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { type CommitmentPreimage, commitmentOf, isCommitmentPreimage } from "../../lib/identity/commitment.ts";
import { lookupCode } from "../../lib/identity/lookup-code.ts";
import { formatLookupCode } from "../../lib/identity/read-lookup-code.ts";
import { byteRangeDigest, embedSignature, type Prepared, prepareSignature } from "../../lib/pades/prepare.ts";
import { type PreparedStamp, prepareStamped } from "../../lib/stamp/prepare-stamped.ts";
import { INTENT_VERSION, intentText } from "../../lib/text/consent.ts";
import { isPlainText } from "../../lib/text/plain.ts";
import { checkSigned } from "./check-signed.ts";
import { type Client, client } from "./client.ts";
import { confirm } from "./confirm.ts";
import { logIn, type ServiceDescription } from "./log-in.ts";
import type { Output } from "./output.ts";
import { type StampChoice, stampInput } from "./stamp-option.ts";
import { type Remembered, recall, remember } from "./state.ts";
import { writeWhole } from "./write-whole.ts";

export type SignOptions = {
  readonly file: string;
  readonly out?: string | undefined;
  readonly server: string;
  /** A demo person of the embedded provider, instead of a browser. */
  readonly persona?: string | undefined;
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly reason?: string | undefined;
  readonly location?: string | undefined;
  /** Where the signature is to be seen; invisible without it. The name is given then. */
  readonly stamp?: StampChoice | undefined;
  readonly locale: "vi" | "en";
  readonly yes: boolean;
  readonly force: boolean;
};

/** Larger files do not fit one array of octets of every engine that reads them again. */
const MAX_FILE = 2 ** 31 - 1;
/** Viet Nam has one time zone, UTC+7 (minutes). */
const OFFSET_MINUTES = 420;

type View = {
  readonly state: string;
  readonly commitment: string;
  readonly preimage: CommitmentPreimage;
  readonly intentText: string;
  readonly signatures?: readonly { readonly digest: string; readonly cms: string }[];
  readonly signedAt?: string;
  readonly signatureClass?: string;
};

/** Signs one PDF: prepare, show, log in, embed, read back, write. The same command again goes on where it stopped. */
export async function sign(options: SignOptions, out: Output): Promise<void> {
  const pdf = readPdf(options.file);
  const target = options.out ?? defaultTarget(options.file);
  const call = client(options.server);
  const service = await call<ServiceDescription>("GET", "/v1/service");
  let attempt = await begin(call, pdf, options, out);
  if (attempt.view.state === "expired" || attempt.view.state === "declined") {
    remember({ ...attempt.remembered, done: true });
    attempt = await begin(call, pdf, options, out);
  }
  const { remembered, prepared, digest, view } = attempt;
  checkView(view, attempt, options);
  const headers = { "motlan-owner-secret": remembered.ownerSecret };
  const signed = view.state === "signed" ? await refetch(call, remembered) : await approveAndSign();
  const [signature] = signed.signatures ?? [];
  const cms = fromBase64(signature?.cms ?? "");
  const { signedAt, signatureClass } = signed;
  if (cms === undefined || signedAt === undefined || signatureClass === undefined)
    throw new Fault("internal", "the server answered no signature");
  out.progress("Ghép chữ ký vào tệp và kiểm tra lại", "Embedding the signature and reading the file back");
  const appended = embedSignature(prepared, cms);
  const checked = await checkSigned(pdf, appended, {
    fieldName: prepared.fieldName,
    digest,
    rootUrl: `${options.server}/pki/root.cer`,
  });
  writeWhole(target, [pdf, appended], options.force);
  remember({ ...remembered, done: true });
  report(out, { options, target, prepared, id: remembered.id, digest, signedAt, signatureClass, checked, service });

  async function approveAndSign(): Promise<View> {
    await confirm(view.intentText, digest, options);
    out.progress("Đăng nhập", "Logging in");
    const idToken = await logIn({ service, nonce: view.commitment, persona: options.persona }, out);
    out.progress("Ký", "Signing");
    return call<View>("POST", `/v1/transactions/${remembered.id}/signature`, { headers, body: { idToken } });
  }
}

type Attempt = {
  readonly remembered: Remembered;
  readonly prepared: Prepared | PreparedStamp;
  readonly digest: Bytes;
  readonly view: View;
};

async function begin(call: Client, pdf: Bytes, options: SignOptions, out: Output): Promise<Attempt> {
  out.progress("Đọc và chuẩn bị tệp", "Reading and preparing the file");
  const inputs = inputsHash(pdf, options);
  const last = recall(`last-${inputs}`);
  const remembered = last === undefined || last.done ? fresh(options, inputs) : last;
  const prepared = prepare(pdf, remembered, options);
  tellPlace(prepared, out);
  const digest = byteRangeDigest(pdf, prepared);
  // Before the first request: from here on a lost answer can be asked for again.
  remember(remembered);
  const view = await call<View>("POST", "/v1/transactions", { body: requestOf(remembered, digest, options) });
  return { remembered, prepared, digest, view };
}

function prepare(pdf: Bytes, { id, claimedTime }: Remembered, options: SignOptions): Prepared | PreparedStamp {
  const about = {
    fieldId: id,
    claimedTime,
    offsetMinutes: OFFSET_MINUTES,
    ...given("name", options.name),
    ...given("reason", options.reason),
    ...given("location", options.location),
  };
  const { stamp: place, server, locale } = options;
  if (place === undefined) return prepareSignature(pdf, about);
  return prepareStamped(pdf, { ...about, stamp: stampInput(place, about, { id, server, locale }) });
}

/** Before anything is approved: what a stamp hides nobody reads. */
function tellPlace(prepared: Prepared | PreparedStamp, out: Output): void {
  if (!("place" in prepared)) return;
  const { page, left, bottom } = prepared.place;
  out.progress(
    `Chữ ký hiện ở trang ${page}, cách mép trái ${left} mm, cách mép dưới ${bottom} mm`,
    `The signature shows on page ${page}, ${left} mm from the left, ${bottom} mm from the bottom`,
  );
  if (prepared.ownPage) out.progress("Thêm một trang cho chữ ký", "A page is added for the signature");
  if (prepared.covers)
    out.progress("Vị trí này che mất chữ hoặc hình trên trang", "This place covers text or pictures of the page");
}

function requestOf(remembered: Remembered, digest: Bytes, options: SignOptions) {
  const secret = Buffer.from(remembered.ownerSecret, "base64url");
  return {
    id: remembered.id,
    ownerHash: createHash("sha256").update(secret).digest("base64url"),
    documents: [{ alg: "SHA-256", digest: toBase64Url(digest), title: titleOf(options) }],
    ...given("signerName", options.name),
    ...given("reason", options.reason),
    locale: options.locale,
  };
}

/**
 * The server's word is not enough for what the person is asked to approve: the text is built here again, and the commitment
 * that the login will carry is recomputed over this file's digest.
 */
function checkView(view: View, { digest, remembered }: Attempt, options: SignOptions): void {
  const text = intentText({
    version: INTENT_VERSION,
    locale: options.locale,
    documents: [{ title: titleOf(options) }],
    ...given("signerName", options.name?.normalize("NFC")),
    ...given("reason", options.reason?.normalize("NFC")),
  });
  const [document] = view.preimage?.documents ?? [];
  const same =
    isCommitmentPreimage(view.preimage) &&
    view.intentText === text &&
    view.preimage.id === remembered.id &&
    view.preimage.documents.length === 1 &&
    document?.digest === toBase64Url(digest) &&
    view.preimage.intent.sha256 === createHash("sha256").update(text).digest("base64url") &&
    commitmentOf(view.preimage) === view.commitment;
  if (!same) throw new Fault("document_changed", "the server's transaction is not about this file and this text");
}

function refetch(call: Client, { id, ownerSecret }: Remembered): Promise<View> {
  return call<View>("GET", `/v1/transactions/${id}`, { headers: { "motlan-owner-secret": ownerSecret } });
}

function fresh(options: SignOptions, inputs: string): Remembered {
  return {
    id: toBase64Url(randomBytes(16)),
    server: options.server,
    ownerSecret: toBase64Url(randomBytes(32)),
    claimedTime: Math.floor(Date.now() / 1000) * 1000,
    inputs,
    done: false,
  };
}

/** What the request and the signature dictionary are made of: where any of it differs, it is another transaction. */
function inputsHash(pdf: Bytes, options: SignOptions): string {
  const { server, name, reason, location, stamp, locale } = options;
  const seen = stamp === undefined ? [] : [stamp];
  const chosen = JSON.stringify([server, name, titleOf(options), reason, location, locale, ...seen]);
  return toHex(createHash("sha256").update(fromUtf8(chosen)).update(pdf).digest()).slice(0, 32);
}

function readPdf(file: string): Bytes {
  let octets: Bytes;
  try {
    octets = new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw new Fault("file_unreadable", `cannot read ${basename(file)}`, { cause });
  }
  if (octets.length > MAX_FILE) throw new Fault("pdf_too_large", "files of 2 GiB and more are not signed");
  return octets;
}

/** The file's name without its ending, as far as it is text that can stand in a sentence. */
function titleOf({ title, file }: SignOptions): string {
  const text = (title ?? basename(file, extname(file))).normalize("NFC").trim();
  if (!isPlainText(text, 200)) throw new Fault("usage", "the file name cannot serve as a title; give one with --title");
  return text;
}

function defaultTarget(file: string): string {
  return `${file.slice(0, file.length - extname(file).length)}.signed.pdf`;
}

function given<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}

type Report = {
  readonly options: SignOptions;
  readonly target: string;
  readonly prepared: Prepared | PreparedStamp;
  readonly digest: Bytes;
  readonly id: string;
  readonly signedAt: string;
  readonly signatureClass: string;
  readonly checked: { readonly certificateSha256: string; readonly signer: string };
  readonly service: ServiceDescription;
};

function report(out: Output, told: Report): void {
  const { target, prepared, digest, id, signedAt, signatureClass, checked, service } = told;
  const code = formatLookupCode(lookupCode(id));
  const stamp = "place" in prepared ? { ...prepared.place, covers: prepared.covers, ownPage: prepared.ownPage } : null;
  out.result(
    {
      id,
      out: target,
      digest: toHex(digest),
      signer: checked.signer,
      signedAt,
      signatureClass,
      demo: service.demo,
      certificateSha256: checked.certificateSha256,
      lookupCode: code,
      stamp,
    },
    [
      `Đã ký xong: ${target} / Signed: ${target}`,
      `Người ký / Signer: ${checked.signer}`,
      `Dấu thời gian / Timestamp: ${signedAt}`,
      `Mã phiên ký / Transaction: ${id}`,
      `Mã tra cứu / Look-up code: ${code}`,
      ...(service.demo ? ["Tài liệu thử nghiệm, không có giá trị. / Test document, without effect."] : []),
    ],
  );
}
