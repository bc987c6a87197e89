/** Images on a page, as in a filing with photographs and a few logos. */
const PER_PAGE = 8;

/**
 * A sound PDF of about `octets` octets with a classic table: pages of eight raw grey images of noise, which compress no better than
 * scans do, `images` in all.
 */
export function pdfOf(octets: number, images: number): Uint8Array {
  const each = Math.floor(octets / images);
  const pages = Math.ceil(images / PER_PAGE);
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  const put = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  const object = (body: string | Buffer) => {
    offsets.push(at);
    put(Buffer.from(`${offsets.length} 0 obj\n`));
    put(Buffer.from(body));
    put(Buffer.from("\nendobj\n"));
  };
  object("<< /Type /Catalog /Pages 2 0 R >>");
  const kids = Array.from({ length: pages }, (_, page) => `${page + 3} 0 R`).join(" ");
  object(`<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`);
  for (let page = 0; page < pages; page++) {
    const own = Array.from({ length: Math.min(PER_PAGE, images - page * PER_PAGE) }, (_, i) => page * PER_PAGE + i);
    const names = own.map((index) => `/I${index} ${index + 3 + pages} 0 R`).join(" ");
    object(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << ${names} >> >> >>`);
  }
  for (let i = 0; i < images; i++) object(image(each, i));
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = offsets.length + 1;
  put(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}

function image(length: number, seed: number): Buffer {
  const noise = Buffer.alloc(length);
  let state = seed + 1;
  for (let i = 0; i < length; i++) {
    // A linear congruential generator (Numerical Recipes): the same octets in every run.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    noise[i] = state >>> 24;
  }
  const dictionary = `<< /Type /XObject /Subtype /Image /Width ${length} /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${length} >>`;
  return Buffer.concat([Buffer.from(`${dictionary}\nstream\n`), noise, Buffer.from("\nendstream")]);
}
