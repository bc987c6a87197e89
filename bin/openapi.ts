import { openApi } from "../lib/api/openapi.ts";

// `npm run openapi` writes docs/openapi.json; test/api/openapi.test.ts fails where it is out of date.
console.log(JSON.stringify(openApi(), undefined, 2));
