import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import type { InteractionResults } from "oidc-provider";
import { DEMO_LOGIN } from "../text/demo-login.ts";
import { sendLoginPage, sendRefusalPage } from "./login-page.ts";
import { readBody } from "./loopback.ts";
import { isPersonaName, PERSONAS } from "./personas.ts";

/** The form posts one field. */
const FORM_LIMIT = 4096;

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;

/**
 * The page between a login request and its answer: GET shows it, POST answers for the person who was chosen.
 *
 * Safe against other sites: the request has to bring the cookie (`SameSite=Lax`, path of this one login) that came with the
 * redirect to this page, and a post from elsewhere shows in `Origin`.
 */
export async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
  if (interaction === undefined || request.url !== `/interaction/${interaction.uid}`)
    return sendRefusalPage(response, 400, DEMO_LOGIN.expired);
  if (request.method === "GET") return sendLoginPage(response, returnOrigin(interaction));
  const { origin } = request.headers;
  if (request.method !== "POST" || (origin !== undefined && origin !== provider.issuer))
    return sendRefusalPage(response, 400, DEMO_LOGIN.badRequest);
  const body = await readBody(request, FORM_LIMIT);
  if (body === "gone") return;
  const result = body === "too large" ? undefined : decide(new URLSearchParams(body.toString()));
  if (result === undefined) return sendRefusalPage(response, 400, DEMO_LOGIN.unknownPerson);
  await finish(provider, interaction, result);
  response.writeHead(303, { Location: interaction.returnTo, "Cache-Control": "no-store" });
  response.end();
}

function decide(form: URLSearchParams): InteractionResults | undefined {
  if (form.has("cancel")) return DECLINED;
  const name = form.get("persona");
  if (!isPersonaName(name)) return undefined;
  const { claims, acr, amr, declines } = PERSONAS[name];
  return declines ? DECLINED : { login: { accountId: claims.sub, acr, amr: [...amr] } };
}

const DECLINED = { error: "access_denied", error_description: "The person did not log in" } as const;

/**
 * Leaves the result for the provider. A login ends whatever session the browser had: two demo people may use one browser, and
 * the provider would otherwise ask the second whether the first wants to log out.
 */
async function finish(provider: Provider, interaction: Interaction, result: InteractionResults): Promise<void> {
  if (interaction.session?.uid !== undefined && "login" in result) {
    await (await provider.Session.findByUid(interaction.session.uid))?.destroy();
    delete interaction.session;
  }
  interaction.result = result;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

function returnOrigin({ params }: Interaction): string {
  return new URL(String(params.redirect_uri)).origin;
}
