import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { localCredentials } from "../../lib/local/credentials.ts";
import { readPrivate, writePrivate } from "../../lib/local/private-file.ts";
import { scratch } from "./directory.ts";

const directory = scratch();

test("a file that is not there reads as undefined, and comes back as written, for the owner only", () => {
  const file = join(directory, "new", "deep", "secret.json");
  expect(readPrivate(file)).toBeUndefined();
  writePrivate(file, "Ký Một Lần\n");
  expect(readPrivate(file)).toBe("Ký Một Lần\n");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, "new")).mode & 0o777).toBe(0o700);
  writePrivate(file, "again");
  expect(readdirSync(join(directory, "new", "deep"))).toEqual(["secret.json"]);
});

test("a mode that lets others read is tightened", () => {
  const file = join(directory, "open.json");
  writeFileSync(file, "x");
  chmodSync(file, 0o644);
  readPrivate(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a write that fails leaves the old text and no draft", () => {
  const blocked = join(directory, "blocked");
  mkdirSync(join(blocked, "target", "full"), { recursive: true });
  expect(() => writePrivate(join(blocked, "target"), "x")).toThrow(); // a directory cannot be replaced by a file
  expect(readdirSync(blocked)).toEqual(["target"]);
});

test("credentials are made once, and a damaged file is reported and kept", () => {
  const file = join(directory, "credentials.json");
  const first = localCredentials(file);
  expect(first.accessKeyId).toMatch(/^LOCAL[0-9A-F]{32}$/);
  expect(localCredentials(file)).toEqual(first);
  expect(localCredentials(join(directory, "other.json")).accessKeyId).not.toBe(first.accessKeyId);
  for (const damage of ["", "{}", '{"accessKeyId":"AKIA","secretAccessKey":"x"}']) {
    writeFileSync(file, damage);
    expect(() => localCredentials(file)).toThrow("damaged");
    expect(readFileSync(file, "utf8")).toBe(damage);
  }
});
