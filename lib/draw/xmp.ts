import { type Bytes, fromUtf8 } from "../bytes/bytes.ts";

export type Metadata = {
  readonly title: string;
  /** RFC 5646, of the title and of all text that does not say otherwise. */
  readonly language: string;
  readonly author: string;
  readonly producer: string;
  /** ms since 1970 */
  readonly created: number;
};

/** Code points that XML 1.0 cannot have, not even as a reference (§2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * Metadata for cataloguing programs (ISO 16684-1), with the claim that the file is PDF/A-3, level U (ISO 19005-3 §6.6.4).
 * Without room for edits in place: the packet is under a signature.
 */
export function xmpPacket({ title, language, author, producer, created }: Metadata): Bytes {
  const date = `${new Date(created).toISOString().slice(0, 19)}Z`;
  return fromUtf8(`<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${escaped(language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${date}</xmp:CreateDate>
<xmp:ModifyDate>${date}</xmp:ModifyDate>
<pdf:Producer>${escaped(producer)}</pdf:Producer>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`);
}

function escaped(text: string): string {
  return text
    .normalize("NFC")
    .toWellFormed()
    .replace(NOT_XML, "\ufffd")
    .replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
