import fc from "fast-check";
import { expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { finish, lengthOf, newSink, putDigits, putOctets, putRoom, putText, putUnsigned } from "../../lib/pdf/sink.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;

const part = fc.oneof(
  fc.record({ room: fc.nat(40) }),
  fc.record({ octets: fc.uint8Array({ maxLength: 20 }) }),
  fc.record({ text: fc.string({ unit: "grapheme-ascii", maxLength: 20 }) }),
);

test("what is written comes out in its order, with zeros where rooms are and each room where it was told to be", () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const sink = newSink(8);
      const expected = parts.map((each) => {
        if ("room" in each) {
          const room = { kind: "room", length: each.room } as const;
          const at = lengthOf(sink);
          putRoom(sink, room);
          expect(sink.rooms.at(-1)).toEqual({ room, at });
          return new Uint8Array(each.room);
        }
        if ("text" in each) putText(sink, each.text);
        else putOctets(sink, each.octets);
        return "text" in each ? fromLatin1(each.text) : each.octets;
      });
      const written = finish(sink);
      expect(written).toEqual(concat(...expected));
      expect(written.buffer.byteLength).toBe(lengthOf(sink));
    }),
    { numRuns: RUNS },
  );
});

test("numbers are written in decimal digits, as many as they have or as are asked for", () => {
  fc.assert(
    fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (value) => {
      const sink = newSink(1);
      putUnsigned(sink, value);
      putDigits(sink, value, 20);
      expect(toLatin1(finish(sink))).toBe(`${value}${String(value).padStart(20, "0")}`);
    }),
    { numRuns: RUNS },
  );
});
