import { Fault } from "../../lib/fault/fault.ts";

/** Login page, form, resumption and answer are four; more is a loop. */
const MAX_STEPS = 10;
/** Milliseconds for one step: the embedded provider is on this machine. */
const STEP_TIMEOUT = 10_000;

/**
 * Logs in as a demo person, the way a browser would: follows redirects, keeps cookies, posts the login page's form. It works
 * with the embedded identity provider only, because nobody else logs people in by name.
 *
 * @param authorizationUrl the whole authorization request (OpenID Connect Core §3.1.2.1)
 * @param persona name of the demo person, such as `an`
 * @param redirectPrefix where the login has to end: the beginning of the redirect URI
 * @returns the address that the browser would be sent to, with `code` or with `error`; it is not visited
 * @throws Fault `login_failed`: no such person, or not the page that was expected; `identity_provider_unavailable`
 */
export async function personaLogin(authorizationUrl: string, persona: string, redirectPrefix: string): Promise<URL> {
  const { origin } = new URL(authorizationUrl);
  const cookies = cookieJar();
  let url = new URL(authorizationUrl);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < MAX_STEPS; step++) {
    const response = await visit(url, cookies.header(url), form);
    cookies.keep(response.headers.getSetCookie());
    const location = response.headers.get("location");
    if (location !== null) {
      url = new URL(location, url);
      if (url.href.startsWith(redirectPrefix)) return url;
      if (url.origin !== origin) throw new Fault("login_failed", "the login led away from the identity provider");
      form = undefined;
    } else if (response.ok && form === undefined) {
      form = new URLSearchParams({ persona });
    } else {
      const what = form === undefined ? "the login request" : `the demo person ${persona.slice(0, 32)}`;
      throw new Fault("login_failed", `the identity provider refused ${what} (HTTP ${response.status})`);
    }
  }
  throw new Fault("login_failed", "the login went round in circles");
}

async function visit(url: URL, cookie: string, form: URLSearchParams | undefined): Promise<Response> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie, accept: "text/html" },
      signal: AbortSignal.timeout(STEP_TIMEOUT),
      ...(form === undefined ? {} : { method: "POST", body: form }),
    });
    await response.body?.cancel();
    return response;
  } catch (cause) {
    throw new Fault("identity_provider_unavailable", "the identity provider did not answer", { cause });
  }
}

type Cookie = { readonly name: string; readonly value: string; readonly path: string };

/** As much of RFC 6265 as one login at one origin needs: names, paths, removal. */
function cookieJar() {
  const kept = new Map<string, Cookie>();
  return {
    keep(lines: readonly string[]): void {
      for (const line of lines) {
        const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
        const equals = pair.indexOf("=");
        const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
        const path = attributes.find((attribute) => /^path=\//i.test(attribute))?.slice("path=".length) ?? "/";
        const key = `${name} ${path}`;
        if (attributes.some((attribute) => /^expires=thu, 01 jan 1970/i.test(attribute))) kept.delete(key);
        else kept.set(key, { name, value, path });
      }
    },
    header({ pathname }: URL): string {
      return [...kept.values()]
        .filter(({ path }) => pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`))
        .map(({ name, value }) => `${name}=${value}`)
        .join("; ");
    },
  };
}
