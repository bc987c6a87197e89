import { type Bytes, toUtf8 } from "../bytes/bytes.ts";
import type { PdfString } from "./object.ts";
import { hexString, literalString } from "./string.ts";

/**
 * Where PDFDocEncoding differs from ISO 8859-1: 0x18–0x1F and 0x80–0xA0 (ISO 32000-2 annex D.3). U+FFFD is for the
 * places that have no character.
 */
const ACCENTS = "˘ˇˆ˙˝˛˚˜";
const SPECIALS = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€";

/** Language codes between two escape characters (§7.9.2.2.1) are not part of the text. */
const ESCAPE = String.fromCharCode(27);
const LANGUAGE = new RegExp(`${ESCAPE}[A-Za-z]{2,8}${ESCAPE}`, "g");

/** Printable ASCII. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * A text string (§7.9.2.2) as characters: UTF-16BE or UTF-8 by its byte order mark, else PDFDocEncoding. Some programs
 * write UTF-16LE; it is read too. Never throws: what cannot be read becomes U+FFFD.
 */
export function decodeText(octets: Uint8Array): string {
  if (octets[0] === 0xfe && octets[1] === 0xff) return utf16(octets, 0, 1);
  if (octets[0] === 0xff && octets[1] === 0xfe) return utf16(octets, 1, 0);
  if (octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf) {
    const text = toUtf8(octets.subarray(3));
    if (text !== undefined) return text;
  }
  let text = "";
  for (const octet of octets) text += pdfDocCharacter(octet);
  return text;
}

/**
 * A text string for `text`: printable ASCII as it is, anything else as UTF-16BE with a byte order mark, in hexadecimal,
 * because readers of old files know no UTF-8 there (it came with PDF 2.0). Normalised to NFC; a lone surrogate becomes
 * U+FFFD.
 */
export function encodeText(text: string): PdfString {
  // Normalising would not change it, and takes longer than to see that.
  if (PRINTABLE.test(text)) return literalString(text);
  const normal = text.normalize("NFC").toWellFormed();
  return PRINTABLE.test(normal) ? literalString(normal) : hexString(utf16be(normal));
}

function utf16be(text: string): Bytes {
  const octets = new Uint8Array(2 * text.length + 2);
  octets[0] = 0xfe;
  octets[1] = 0xff;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    octets[2 * i + 2] = unit >> 8;
    octets[2 * i + 3] = unit & 0xff;
  }
  return octets;
}

function utf16(octets: Uint8Array, high: number, low: number): string {
  let text = "";
  for (let at = 2; at + 1 < octets.length; at += 2) {
    text += String.fromCharCode(((octets[at + high] as number) << 8) | (octets[at + low] as number));
  }
  return text.replace(LANGUAGE, "").toWellFormed();
}

function pdfDocCharacter(octet: number): string {
  if (octet >= 0x18 && octet <= 0x1f) return ACCENTS[octet - 0x18] as string;
  if (octet >= 0x80 && octet <= 0xa0) return SPECIALS[octet - 0x80] as string;
  return String.fromCharCode(octet);
}
