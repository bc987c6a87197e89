import { type Bytes, fromUtf8 } from "../bytes/bytes.ts";
import { escapeXml } from "../text/escape-xml.ts";

export type Metadata = {
  readonly title: string;
  /** RFC 5646, of the title and of all text that does not say otherwise. */
  readonly language: string;
  readonly author: string;
  readonly producer: string;
  /** ms since 1970 */
  readonly created: number;
};

/**
 * Metadata for cataloguing programs (ISO 16684-1), with the claim that the file is PDF/A-3, level A (ISO 19005-3 §6.6.4).
 * Without room for edits in place: the packet is under a signature.
 */
export function xmpPacket({ title, language, author, producer, created }: Metadata): Bytes {
  const date = `${new Date(created).toISOString().slice(0, 19)}Z`;
  return fromUtf8(`<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escapeXml(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${escapeXml(language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${date}</xmp:CreateDate>
<xmp:ModifyDate>${date}</xmp:ModifyDate>
<pdf:Producer>${escapeXml(producer)}</pdf:Producer>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`);
}
