import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openApi } from "../../lib/api/openapi.ts";
import { ROUTES } from "../../lib/api/routes.ts";
import { verificationJsonSchema } from "../../lib/api/verification-schema.ts";
import { ROUTE_TEXTS } from "../../lib/text/routes.ts";

const document = openApi() as { paths: Record<string, Record<string, { operationId: string }>> };

test("docs/openapi.json is what the route table and the schemas say (npm run openapi writes it)", () => {
  const written = readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8");
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(document)));
});

test("docs/verification.schema.json is the schema that answers are held against", () => {
  const written = readFileSync(new URL("../../docs/verification.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(verificationJsonSchema())));
  expect(written).toContain('"https://json-schema.org/draft/2020-12/schema"');
});

test("every route has one operation and one text, and there are no others", () => {
  const operations = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  const ids = ROUTES.map(({ id }) => id);
  expect(operations.toSorted()).toEqual(ids.toSorted());
  expect(Object.keys(ROUTE_TEXTS).toSorted()).toEqual(ids.toSorted());
});

test("the schema of a transaction says what the door checks", () => {
  const body = JSON.stringify(document.paths["/v1/transactions"]);
  expect(body).toContain('"pattern":"^[A-Za-z0-9_-]{22}$"');
  expect(body).toContain('"maxItems":10');
  expect(body).toContain('"additionalProperties":false');
});
