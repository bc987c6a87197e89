import { byPasskey } from "../../lib/service/by-passkey.ts";
import { enrolPasskey, registrationOptions } from "../../lib/service/enrol-passkey.ts";
import { relyingPartyOf } from "../../lib/service/passkey.ts";
import type { AttestationWish } from "../../lib/service/passkey-verifier.ts";
import { type ReturnPath, requireSession, type SessionPerson } from "../../lib/service/session.ts";
import { signAs } from "../../lib/service/sign.ts";
import type { Transaction } from "../../lib/service/transaction.ts";
import { recordRefusal } from "../../lib/service/witness.ts";
import { verifyAssertion } from "../../lib/webauthn/assertion.ts";
import { verifyRegistration } from "../../lib/webauthn/registration.ts";
import { type Authenticator, type Lies, newAuthenticator } from "../worlds/authenticator.ts";
import { activeSession } from "../worlds/session.ts";
import { ISSUER, newSigningWorld } from "./signing-world.ts";

export type PasskeyWorld = Awaited<ReturnType<typeof newPasskeyWorld>>;

/** A signing world in which people have passkeys. */
export async function newPasskeyWorld() {
  const world = await newSigningWorld();
  const { table } = world;
  const ports = {
    ...world.ports,
    ...{ sessions: table.sessions, passkeys: table.passkeys, verifyRegistration, verifyAssertion },
    relyingParty: relyingPartyOf("http://localhost:8787"),
    ...{
      attestation: "none" as AttestationWish,
      issuers: [{ issuer: ISSUER, requiredAssurance: "substantial" as const }],
    },
  };
  type Ports = typeof ports;
  /** Logs in, as somebody whose login counts for signing. */
  const login = async (person: Partial<SessionPerson> = {}, returnTo: ReturnPath = "/khoa") => {
    const opened = await activeSession(table.sessions, world.time.now, {
      ...{ person: { issuer: ISSUER, ...person }, returnTo },
    });
    const current = () => requireSession(table.sessions, opened.cookie, world.time.now);
    return { ...opened, current };
  };
  type Login = Awaited<ReturnType<typeof login>>;
  const enrol = async (
    who: Login,
    authenticator: Authenticator = newAuthenticator(),
    lies: Lies = {},
    with_ = ports,
  ) => {
    const options = await registrationOptions(with_, await who.current());
    const response = authenticator.register(options, lies);
    return enrolPasskey(with_, await who.current(), {
      name: "Điện thoại của tôi",
      response,
      device: "Chrome · Android",
    });
  };
  const sign = (
    transaction: Transaction,
    authenticator: Authenticator,
    lies: Lies = {},
    with_: Ports = ports,
    assertion = authenticator.assert(transaction.commitment, lies),
  ) => {
    const refused = (subject: string, fault: Parameters<typeof recordRefusal>[2]) =>
      recordRefusal(with_, { subject, transaction, device: undefined }, fault);
    return signAs(with_, transaction, () => byPasskey(with_, assertion, transaction.commitment, refused));
  };
  const history = (subject: string) => table.activities.list(subject, undefined, 50);
  return { ...world, ports, login, enrol, sign, history };
}
