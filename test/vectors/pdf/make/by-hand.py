"""Files that no maker at hand writes: their syntax is laid out here octet by octet, into the folder given."""
import pathlib
import struct
import sys

OUT = pathlib.Path(sys.argv[1])
CONTENT = b"BT /F1 14 Tf 50 780 Td (Don de nghi xac nhan noi cu tru) Tj ET"
OBJECTS = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    4: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(CONTENT), CONTENT),
    5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
}
ID = b"[<4d6f744c616e4d6f744c616e4d6f744c> <4d6f744c616e4d6f744c616e4d6f744c>]"


def body(objects, end=b"\n", before=b""):
    """Header and objects; the offset of each object counts from the header."""
    out, offsets = before + b"%PDF-1.7" + end + b"%\xe2\xe3\xcf\xd3" + end, {}
    for number, value in objects.items():
        offsets[number] = len(out) - len(before)
        out += b"%d 0 obj%s%s%sendobj%s" % (number, end, value, end, end)
    return out, offsets


def row(offset, free=False):
    return b"%010d %05d %s%s" % (offset, 65535 if free else 0, b"f" if free else b"n", b"\r\n")


def table(offsets, end=b"\n"):
    """A classic table with one subsection a run of numbers."""
    out, runs = b"xref" + end, []
    for number in [0, *sorted(offsets)]:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        out += b"%d %d%s" % (run[0], len(run), end)
        out += b"".join(row(offsets.get(number, 0), free=number == 0) for number in run)
    return out


def finish(size, at, entries, end=b"\n", last=b"\n"):
    return b"trailer%s<< /Size %d /Root 1 0 R /ID %s %s >>%sstartxref%s%d%s%%%%EOF%s" % (end, size, ID, entries, end, end, at, end, last)


def carriage_returns():
    """Lines end in CR alone, and nothing follows %%EOF."""
    out, offsets = body(OBJECTS, b"\r")
    return out + table(offsets, b"\r") + finish(6, len(out), b"", b"\r", b"")


def junk_before_header():
    """A mail header in front, as a portal saved it; offsets count from the PDF header."""
    junk = b"Content-Type: application/pdf\r\n\r\n"
    out, offsets = body(OBJECTS, before=junk)
    return out + table(offsets) + finish(6, len(out) - len(junk), b"")


def hybrid():
    """ISO 32000-2 7.5.8.4: page and font live in an object stream that only the /XRefStm entry leads to."""
    hidden = {3: OBJECTS[3], 5: OBJECTS[5]}
    index, packed = b"", b""
    for number, value in hidden.items():
        index += b"%d %d " % (number, len(packed))
        packed += value + b" "
    stream = b"<< /Type /ObjStm /N 2 /First %d /Length %d >>\nstream\n%s\nendstream" % (len(index), len(index + packed), index + packed)
    out, offsets = body({n: v for n, v in OBJECTS.items() if n not in hidden} | {6: stream})
    at = len(out)
    rows = b"".join(struct.pack(">BHB", *row) for row in [(2, 6, 0), (2, 6, 1), (1, offsets[6], 0), (1, at, 0)])
    out += b"7 0 obj\n<< /Type /XRef /Size 8 /W [1 2 1] /Index [3 1 5 3] /Root 1 0 R /ID %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (ID, len(rows), rows)
    seen = {n: o for n, o in offsets.items() if n != 6}
    return out + table(seen) + finish(8, len(out), b"/XRefStm %d" % at)


(OUT / "hand-cr-no-newline.pdf").write_bytes(carriage_returns())
(OUT / "hand-junk-before-header.pdf").write_bytes(junk_before_header())
(OUT / "hand-hybrid.pdf").write_bytes(hybrid())
