import { CLIENT_HEADER } from "../api/client-address.ts";
import { CACHE_PAGE } from "../api/site.ts";
import { FAULTS } from "../text/faults.ts";

/** Octets of a function, the longest that CloudFront takes. */
export const LARGEST_FUNCTION = 10_240;

export type EdgePages = {
  /** Keys of the bucket by the path that a person sees: `/ky` is `/pages/sign.html`. */
  readonly keys: Readonly<Record<string, string>>;
  /** HTML of the page that says there is none. */
  readonly notFound: string;
  /** Headers of every answer of the site: CloudFront's policy does not reach what a function answers. */
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * What CloudFront runs before a page is looked for (CloudFront Functions, runtime 2.0): the path becomes the key of the page, a slash too
 * many is taken away, and where nothing is, a browser gets the page that says so and a program the problem that the functions answer.
 * The same as bin/local/site.ts; a test asks both.
 */
export function pagesFunction({ keys, notFound, headers }: EdgePages): string {
  const { en, vi, status, retry, signed } = FAULTS.not_found;
  const problem = {
    title: en,
    title_vi: vi,
    status,
    detail: "there is nothing at this address",
    code: "not_found",
    retry,
    signed,
  };
  const told = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const code = `
const KEYS = ${JSON.stringify(keys)};
const HEADERS = ${JSON.stringify(told)};
const PROBLEM = ${JSON.stringify(problem)};
const NOT_FOUND = ${JSON.stringify(notFound)};
function answer(statusCode, statusDescription, headers, data) {
  const response = { statusCode, statusDescription, headers: Object.assign({}, HEADERS, headers) };
  if (data !== undefined) response.body = { encoding: "text", data };
  return response;
}
function queryOf(query) {
  const parts = [];
  for (const name in query) {
    const values = query[name].multiValue || [query[name]];
    for (const one of values) parts.push(one.value === "" ? name : name + "=" + one.value);
  }
  return parts.length === 0 ? "" : "?" + parts.join("&");
}
function withoutSlashes(path) {
  let end = path.length;
  while (end > 0 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}
function handler(event) {
  const request = event.request;
  const key = Object.prototype.hasOwnProperty.call(KEYS, request.uri) ? KEYS[request.uri] : undefined;
  if (key !== undefined) {
    request.uri = key;
    return request;
  }
  const shorter = withoutSlashes(request.uri);
  if (Object.prototype.hasOwnProperty.call(KEYS, shorter))
    return answer(301, "Moved Permanently", { location: { value: shorter + queryOf(request.querystring) } });
  const accept = request.headers.accept ? request.headers.accept.value : "";
  if (accept.includes("text/html"))
    return answer(404, "Not Found", {
      "content-type": { value: "text/html; charset=utf-8" },
      "cache-control": { value: ${JSON.stringify(CACHE_PAGE)} },
    }, NOT_FOUND);
  const type = "https://" + request.headers.host.value + "/problems/not_found";
  return answer(404, "Not Found", {
    "content-type": { value: "application/problem+json; charset=utf-8" },
    "cache-control": { value: "no-store" },
  }, JSON.stringify(Object.assign({ type }, PROBLEM)));
}
`.trimStart();
  const octets = new TextEncoder().encode(code).length;
  if (octets > LARGEST_FUNCTION) throw new RangeError(`a CloudFront function of ${octets} octets`);
  return code;
}

/** Tells the API who asks, over whatever the caller wrote there. */
export const ADDRESS_FUNCTION = `
function handler(event) {
  const request = event.request;
  request.headers[${JSON.stringify(CLIENT_HEADER)}] = { value: event.viewer.ip };
  return request;
}
`.trimStart();
