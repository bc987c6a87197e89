#!/usr/bin/env node
import "./node-version.mjs";

// npm runs scripts in the folder of package.json; files on the command line are meant from where the person stands.
if (process.env.npm_lifecycle_event === "motlan" && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

await import("./motlan.ts");
