import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import type { Dice } from "./dice.ts";
import { mutateDer } from "./mutate-der.ts";

/** What is changed: a file, and others of which pieces may be put into it. */
export type Stock = { readonly pdf: Uint8Array; readonly others: readonly Uint8Array[] };

export type Mutation = (stock: Stock, dice: Dice) => Uint8Array;

const WORDS = (
  "/Root /Prev /Size /XRefStm /Type /Pages /Page /Kids /Parent /Count /Annots /AcroForm /Fields /FT /Sig /V /Contents /ByteRange " +
  "/SubFilter /Filter /Perms /DocMDP /DSS /VRI /Certs /CRLs /OCSPs /Length /N /First /W /Index /Encrypt /ObjStm /XRef /Lock /Reference " +
  "/TransformMethod /TransformParams /P /AP /Rect /Subtype /Widget /Extends /MediaBox /Resources /Names /OpenAction /AA /T /F /DR /DA " +
  "obj endobj stream endstream xref trailer startxref %%EOF %PDF-1.7 << >> [ ] ( ) < > null true R f n 0 -1 1 2 3 4 5 6 7 8 9 10 " +
  "65535 99999 8388607 2147483647 4294967296 9999999999 99999999999999999999 0.5 1e9 +3 /ETSI.RFC3161 /adbe.pkcs7.sha1"
).split(" ");

const OBJECT = /(\d+) (\d+) obj\b[\s\S]*?endobj\s/g;
const TOKEN =
  /\/[A-Za-z0-9.]+|\b\d+\b|<<|>>|\[|\]|\b(?:obj|endobj|stream|endstream|xref|trailer|startxref|R|f|n)\b|%%EOF/g;

/** Entries that somebody puts into a dictionary behind a signature. */
const ENTRIES = (
  "/AA<</O<</S/JavaScript/JS(0)>>>> /OpenAction<</S/URI/URI(x)>> /Annots[301 0 R] /Annots[301 0 R 302 0 R] /Contents 301 0 R /V(900) /V 301 0 R " +
  "/V/Yes /AS/Yes /AS/Off /AP<</N 301 0 R>> /AP<<>> /F 2 /F 132 /F 4 /Rect[0 0 600 800] /Rect[0 0 0 0] /Kids[301 0 R] /Parent 301 0 R /Fields[301 0 R] " +
  "/Lock<</Type/SigFieldLock/Action/All>> /Perms<<>> /Perms<</DocMDP 301 0 R>> /DSS 301 0 R /DSS<</Certs[301 0 R]>> /SigFlags 3 /NeedAppearances true " +
  "/DA(/Helv_0_Tf) /DR<</Font<</Helv_301_0_R>>>> /Q 2 /MK<</BG[1 0 0]>> /Resources<</XObject<</X_301_0_R>>>> /Rotate 90 /MediaBox[0 0 9 9] /Type/Pages " +
  "/Type/Page /T(amount) /FT/Sig /FT/Tx /Ff 1 /Metadata 301 0 R /Names<</EmbeddedFiles_301_0_R>> /OCProperties<<>> /AcroForm<</Fields[301_0_R]>> " +
  "/Extensions<<>> /Version/2.0 /Version/1.0 /Reference[] /ByteRange[0 0 0 0] /Length 0 /Filter/FlateDecode /Type/XRef /Type/ObjStm /PageLabels<<>> /Lang(vi)"
)
  .split(" /")
  .map((entry, i) => (i === 0 ? entry : `/${entry}`).replaceAll("_", " "));

/** Objects that were not there before. */
const NEW = [
  "<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(no)>>",
  "<</Type/Annot/Subtype/Stamp/Rect[0 0 600 800]/AP<</N 302 0 R>>/F 4>>",
  "<</Type/Annot/Subtype/FreeText/Rect[0 0 600 800]/DA(/Helv 12 Tf)/Contents(Pay 900)>>",
  "<</Type/Annot/Subtype/Widget/FT/Tx/T(more)/V(x)/Rect[0 0 99 99]>>",
  "<</Type/Annot/Subtype/Widget/FT/Sig/T(more)/Rect[0 0 0 0]>>",
  "<</Type/Annot/Subtype/Widget/FT/Sig/T(more)/Rect[0 0 600 800]/AP<</N 302 0 R>>/V 301 0 R>>",
  "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 10 20 30]/Contents<00>>>",
  "<</Length 22/Type/XObject/Subtype/Form/BBox[0 0 600 800]>>stream\n1 g 0 0 600 800 re f  \nendstream",
  "<</Length 22>>stream\nBT (Pay 900) Tj ET      \nendstream",
  "<</Type/Catalog/Pages 302 0 R>>",
  "<</Type/Pages/Kids[301 0 R]/Count 1>>",
  "<</Type/Page/MediaBox[0 0 600 800]/Contents 302 0 R>>",
  "<</Type/DSS/Certs[302 0 R]/VRI<<>>>>",
  "[301 0 R 302 0 R]",
  "null",
];

function octets({ pdf }: Stock, dice: Dice): Uint8Array {
  const copy = Uint8Array.from(pdf);
  // Half of them behind, where the saves of signatures are.
  const from = dice.once(2) ? 0 : dice.below(copy.length);
  for (let n = 1 + dice.below(4); n > 0; n--) {
    const at = from + dice.below(copy.length - from);
    copy[at] = dice.once(2) ? (copy[at] as number) ^ (1 << dice.below(8)) : dice.below(256);
  }
  return copy;
}

function cut({ pdf, others }: Stock, dice: Dice): Uint8Array {
  const at = dice.below(pdf.length);
  const to = Math.min(pdf.length, at + dice.pick([0, 1, 16, 512, dice.below(pdf.length)]));
  const from = dice.pick([pdf, ...others]);
  const start = dice.below(from.length);
  const instead = from.subarray(start, start + dice.pick([0, 1, 16, 512, dice.below(from.length)]));
  return concat(pdf.subarray(0, at), instead, pdf.subarray(to));
}

/** A token instead of another one; half of the time so that no offset moves. */
function tokens({ pdf }: Stock, dice: Dice): Uint8Array {
  let text = toLatin1(pdf);
  for (let n = 1 + dice.below(3); n > 0; n--) {
    const all = [...text.matchAll(TOKEN)];
    if (all.length === 0) break;
    const { index, 0: old } = dice.pick(all);
    const word = dice.once(3) ? dice.pick(all)[0] : dice.pick(WORDS);
    const put = dice.once(2) || word.length > old.length ? word : word.padEnd(old.length);
    text = text.slice(0, index) + put + text.slice(index + old.length);
  }
  return fromLatin1(text);
}

/** Numbers of the skeleton: offsets, sizes, lengths, ranges. */
function numbers({ pdf }: Stock, dice: Dice): Uint8Array {
  const text = toLatin1(pdf);
  const all = [
    ...text.matchAll(
      /(?:\/Prev|\/Size|\/Length|\/XRefStm|\/N|\/First|\/Count|\/Root|startxref|\/P)\s*(\d+)|\b(\d{10}) \d{5} [nf]|\/(?:ByteRange|W|Index|Rect)\s*\[\s*(?:\d+\s+){0,3}?(\d+)/g,
    ),
  ];
  if (all.length === 0) return octets({ pdf, others: [] }, dice);
  const match = dice.pick(all);
  const old = match[1] ?? match[2] ?? match[3] ?? "";
  const at = match.index + match[0].lastIndexOf(old);
  const value = Number(old);
  const now = dice.pick([
    0,
    1,
    value + 1,
    Math.max(0, value - 1),
    value * 2,
    pdf.length,
    2147483647,
    dice.below(pdf.length),
    Number(dice.pick(all)[1] ?? 0),
  ]);
  return fromLatin1(text.slice(0, at) + String(now).padStart(old.length, "0") + text.slice(at + old.length));
}

/** Objects deleted, doubled, or put where others were. */
function objects({ pdf, others }: Stock, dice: Dice): Uint8Array {
  const text = toLatin1(pdf);
  const all = [...text.matchAll(OBJECT)];
  if (all.length === 0) return cut({ pdf, others }, dice);
  const { index, 0: whole } = dice.pick(all);
  const other = dice.pick(all)[0];
  const instead = dice.pick([
    "",
    whole + whole,
    other,
    whole + other,
    other.replace(/^\d+ \d+/, whole.split(" obj")[0] ?? ""),
  ]);
  const put = dice.once(2) && instead.length <= whole.length ? instead.padEnd(whole.length) : instead;
  return fromLatin1(text.slice(0, index) + put + text.slice(index + whole.length));
}

/** One more save: objects anew with a token changed or an entry more, others in their place, new ones. */
function saved({ pdf, others }: Stock, dice: Dice): Uint8Array {
  const text = toLatin1(pdf);
  const all = [...text.matchAll(OBJECT)];
  const strange = others.flatMap((other) => (dice.once(3) ? [...toLatin1(other).matchAll(OBJECT)] : []));
  if (all.length === 0) return behind({ pdf, others }, dice);
  const objects: { number: string; body: string; free?: boolean }[] = [];
  for (let n = dice.below(4); n >= 0; n--) {
    const [, number = "1"] = dice.pick(all);
    // What it was last, most of the time: so that little else changes.
    const latest = all.findLast((one) => one[1] === number) ?? dice.pick(all);
    const source = dice.once(3) ? dice.pick(dice.once(3) && strange.length > 0 ? strange : all) : latest;
    let body = source[0].replace(/^\d+ \d+ obj/, "").replace(/endobj\s$/, "");
    if (dice.once(4)) body = toLatin1(tokens({ pdf: fromLatin1(body), others: [] }, dice));
    if (dice.once(2)) body = body.replace("<<", `<<${dice.pick(ENTRIES)}`);
    if (dice.once(6)) body = body.replace(/\](?=[^\]]*$)/, " 301 0 R]");
    objects.push({ number: dice.once(8) ? String(dice.below(310)) : number, body, free: dice.once(16) });
  }
  if (dice.once(2)) objects.push({ number: "301", body: dice.pick(NEW) });
  if (dice.once(3)) objects.push({ number: "302", body: dice.pick(NEW) });
  return appended(text, objects, dice);
}

type Written = { readonly number: string; readonly body: string; readonly free?: boolean };

/** Cross references most of which are right. */
function appended(text: string, objects: readonly Written[], dice: Dice): Uint8Array {
  const table: string[] = [];
  let written = text.endsWith("\n") ? text : `${text}\n`;
  for (const { number, body, free = false } of objects) {
    table.push(`${number} 1\n${String(written.length).padStart(10, "0")} 00000 ${free ? "f" : "n"} \n`);
    written += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const start = dice.once(24) ? dice.below(written.length) : written.length;
  const starts = [...text.matchAll(/startxref\s+(\d+)/g)].map((match) => match[1]);
  const roots = [...text.matchAll(/\/Root \d+ \d+ R/g)].map(([root]) => root);
  const root = dice.once(16) ? dice.pick([...roots, "/Root 301 0 R"]) : (roots.at(-1) ?? "/Root 1 0 R");
  const previous = dice.once(16) ? dice.pick([...starts, String(start)]) : starts.at(-1);
  const more = /\/(?:Encrypt|ID|Info)\s*(?:\d+ \d+ R|\[[^\]]*\])/g;
  const kept = dice.once(8) ? "" : [...new Set(text.match(more) ?? [])].join("");
  const size = dice.once(16) ? 3 : 400;
  const trailer = `trailer\n<</Size ${size}${root}${kept}/Prev ${previous}>>\n`;
  return fromLatin1(`${written}xref\n${table.join("")}${trailer}startxref\n${start}\n%%EOF\n`);
}

/** Octets behind the file, in front of it, or its end doubled. */
function behind({ pdf, others }: Stock, dice: Dice): Uint8Array {
  const from = dice.pick([pdf, ...others]);
  const piece = from.subarray(dice.below(from.length), from.length);
  const words = fromLatin1(
    Array.from({ length: 1 + dice.below(30) }, () => dice.pick(WORDS)).join(dice.pick([" ", "\n", ""])),
  );
  switch (dice.below(5)) {
    case 0:
      return concat(pdf, piece);
    case 1:
      return concat(words, pdf);
    case 2:
      return concat(pdf, words);
    case 3:
      return concat(pdf, from);
    default:
      return pdf.subarray(0, pdf.length - dice.below(dice.pick([4, 64, pdf.length])));
  }
}

/** What a signature leaves out: another message, or other digits of the same. */
function message({ pdf, others }: Stock, dice: Dice): Uint8Array {
  const signature = pickSignature(pdf, dice);
  if (signature === undefined) return octets({ pdf, others }, dice);
  const [from, to] = signature.contentsRange;
  const room = to - from - 2;
  if (dice.once(6)) return digits(pdf, [from, to], dice);
  const other = dice.once(6) ? pickSignature(dice.pick([pdf, ...others]), dice)?.contents : undefined;
  const changed = other ?? mutateDer(signature.contents, dice);
  if (changed === undefined) return digits(pdf, [from, to], dice);
  const hex = toHex(changed).slice(0, room).padEnd(room, "0");
  return concat(pdf.subarray(0, from + 1), fromLatin1(hex), pdf.subarray(to - 1));
}

function digits(pdf: Uint8Array, [from, to]: readonly [number, number], dice: Dice): Uint8Array {
  const copy = Uint8Array.from(pdf);
  for (let n = 1 + dice.below(3); n > 0; n--)
    copy[from + dice.below(dice.pick([to - from, 200, 4000]))] = dice.pick([
      0x30, 0x46, 0x66, 0x20, 0x3e, 0x3c, 0, 0x28, 0x31,
    ]);
  return copy;
}

/** The signature dictionary once more in a later save, with other ranges, another value or other keys: the ways to forge by saving. */
function forged({ pdf, others }: Stock, dice: Dice): Uint8Array {
  const signature = pickSignature(pdf, dice);
  if (signature === undefined) return saved({ pdf, others }, dice);
  const text = toLatin1(pdf);
  const [, , second, rest] = signature.byteRange;
  const head = text.lastIndexOf(" obj", signature.contentsRange[0]);
  const number = /(\d+) \d+$/.exec(text.slice(Math.max(0, head - 20), head))?.[1];
  const end = text.indexOf("endobj", signature.contentsRange[1]);
  if (number === undefined || head < 0 || end < 0) return saved({ pdf, others }, dice);
  const range = dice.pick([
    `[0 ${second} ${second} ${rest}]`,
    `[0 ${pdf.length} 0 0]`,
    `[0 0 0 0]`,
    `[${signature.byteRange.join(" ")} 0]`,
    `[0 ${second + rest} ${second + rest} ${dice.below(20_000)}]`,
    "null",
    signature.byteRange.join(" "),
    `[${signature.byteRange.join(" ")}]`,
  ]);
  let body = text.slice(head + 4, end).replace(/\/ByteRange\s*\[[^\]]*\]/, `/ByteRange${range}`);
  if (dice.once(3))
    body = body.replace(
      /\/Contents\s*<[0-9a-fA-F]*>/,
      `/Contents${dice.pick(["<>", "null", "<00>", "()", "0 0 R", ""])}`,
    );
  if (dice.once(3))
    body = body.replace(
      /\/SubFilter\s*\/[\w.]+/,
      `/SubFilter/${dice.pick(["ETSI.RFC3161", "adbe.pkcs7.sha1", "adbe.pkcs7.detached", "adbe.x509.rsa_sha1", "x"])}`,
    );
  return appended(text, [{ number, body }], dice);
}

type Found = {
  readonly contents: Uint8Array;
  readonly contentsRange: readonly [number, number];
  readonly byteRange: readonly number[];
};

function pickSignature(
  pdf: Uint8Array,
  dice: Dice,
): (Found & { readonly byteRange: readonly [number, number, number, number] }) | undefined {
  try {
    const all = findSignatures(pdf).flatMap(({ contents, contentsRange, byteRange }) =>
      contents === undefined || contentsRange === undefined || byteRange === undefined
        ? []
        : [{ contents, contentsRange, byteRange }],
    );
    return all.length === 0 ? undefined : dice.pick(all);
  } catch {
    return undefined;
  }
}

export const MUTATIONS = {
  octets,
  cut,
  tokens,
  numbers,
  objects,
  saved,
  behind,
  message,
  forged,
} as const satisfies Record<string, Mutation>;

/** What reaches deepest comes most often: what lies in octets that a signature covers only ever makes it invalid. */
export const OFTEN: readonly (keyof typeof MUTATIONS)[] = [
  ...(["octets", "cut", "tokens", "numbers", "objects", "behind"] as const),
  ...(["message", "message", "message", "message", "saved", "saved", "saved", "saved", "forged", "forged"] as const),
];
