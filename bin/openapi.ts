import { writeFileSync } from "node:fs";
import { openApi } from "../lib/api/openapi.ts";
import { verificationJsonSchema } from "../lib/api/verification-schema.ts";

// `npm run openapi` writes what follows from the route table and the schemas; test/api/openapi.test.ts fails where it is out of date.
for (const [file, document] of [
  ["docs/openapi.json", openApi()],
  ["docs/verification.schema.json", verificationJsonSchema()],
] as const)
  writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`);
