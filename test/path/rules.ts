import * as OID from "../../lib/asn1/oids.ts";
import {
  integer,
  nullValue,
  octetString,
  oid,
  printableString,
  sequence,
  setOf,
  utf8String,
} from "../../lib/asn1/write.ts";
import type { PathInput } from "../../lib/path/check-path.ts";
import type { PathViolationCode } from "../../lib/path/violation.ts";
import {
  altNames,
  cn,
  dn,
  type ExtensionOf,
  general,
  type IssueOptions,
  inhibitAny,
  isCa,
  isNoCa,
  issue,
  type Member,
  mappings,
  nameConstraints,
  policies,
  policyConstraints,
  usage,
} from "./authority.ts";

/** One path, what it breaks, and what OpenSSL thinks of it. */
export type Rule = {
  readonly name: string;
  readonly input: PathInput;
  readonly violations: readonly (readonly [code: PathViolationCode, certificate: number])[];
  /** Where OpenSSL judges otherwise: what is right, and why. */
  readonly openssl?: { readonly says: "good" | "bad"; readonly since: string };
};

type Extensions = readonly ExtensionOf[];
type Step = Partial<IssueOptions>;
type Violations = Rule["violations"];

const CA: Extensions = [isCa(), usage("keyCertSign", "cRLSign")];
const P1 = "1.3.6.1.4.1.99999.1";
const P2 = "1.3.6.1.4.1.99999.2";
const P3 = "1.3.6.1.4.1.99999.3";
const ANY = OID.anyPolicy;

/** A path of certificates, from the one that the anchor issued down to the target; what a step leaves open is ordinary. */
function path(steps: readonly Step[], anchor: Step = {}, options: Omit<PathInput, "chain" | "anchor"> = {}): PathInput {
  const root = issue({ name: "Root", extensions: CA, ...anchor });
  const members: Member[] = [root];
  for (const [i, step] of steps.entries()) {
    const by = members[members.length - 1] as Member;
    const last = i === steps.length - 1;
    members.push(issue({ name: last ? "Target" : `CA ${i + 1}`, extensions: last ? [] : CA, by, ...step }));
  }
  const [, ...chain] = members.map(({ certificate }) => certificate);
  return { chain: chain.reverse(), anchor: root.certificate, ...options };
}

/** An ordinary CA below the root with these extensions besides, and a target with those. */
const below = (ca: Extensions, target: Extensions = [], more: Step = {}) =>
  path([{ extensions: [...CA, ...ca] }, { extensions: target, ...more }]);

const good = (name: string, input: PathInput): Rule => ({ name, input, violations: [] });
const bad = (name: string, input: PathInput, ...violations: Violations): Rule => ({ name, input, violations });
const but = (rule: Rule, says: "good" | "bad", since: string): Rule => ({ ...rule, openssl: { says, since } });

const unknown = (critical: boolean): ExtensionOf => ({ type: "1.3.6.1.4.1.99999.99", critical, value: nullValue() });
const raw = (type: string, value: Uint8Array, critical = false): ExtensionOf => ({ type, critical, value });
const statements = (...ids: readonly string[]) =>
  raw(OID.qcStatements, sequence(...ids.map((id) => sequence(oid(id)))), true);
const printable = sequence(setOf(sequence(oid(OID.commonName), printableString("ca  ONE "))));

export function basicRules(): readonly Rule[] {
  const selfIssuedKey = (): PathInput => {
    const root = issue({ name: "Root", extensions: CA });
    const ca = issue({ name: "CA", extensions: [isCa(0), usage("keyCertSign")], by: root });
    const newer = issue({ name: "CA", extensions: [isCa(0), usage("keyCertSign")], by: ca });
    const target = issue({ name: "Target", by: newer });
    return { chain: [target, newer, ca].map(({ certificate }) => certificate), anchor: root.certificate };
  };
  const renamed = path([{}, {}]);
  const stranger = issue({ name: "CA 1", extensions: CA });
  const ca = renamed.chain[1];
  if (ca === undefined) throw new Error("no CA");
  return [
    good("one certificate below the anchor", path([{}])),
    good("a CA between", path([{}, {}])),
    good("a longer path", path([{}, {}, {}, {}, {}])),
    bad("the target's signature is spoiled", path([{}, { spoilSignature: true }]), ["signature_invalid", 0]),
    bad("the CA's signature is spoiled", path([{ spoilSignature: true }, {}]), ["signature_invalid", 1]),
    bad("a signature algorithm that nobody has", path([{ algorithm: sequence(oid("1.2.3.4")) }]), [
      "signature_unsupported",
      0,
    ]),
    bad(
      "the issuer's namesake with another key stands in its place",
      { ...renamed, chain: [...renamed.chain.slice(0, 1), stranger.certificate] },
      ["signature_invalid", 1],
      ["name_chaining", 1],
      ["signature_invalid", 0],
    ),
    bad(
      "the issuer's key under another name",
      (() => {
        const root = issue({ name: "Root", extensions: CA });
        const one = issue({ name: "One", extensions: CA, by: root });
        const target = issue({ name: "Target", by: { name: cn("Two"), key: one.key } });
        return { chain: [target.certificate, one.certificate], anchor: root.certificate };
      })(),
      ["name_chaining", 0],
    ),
    good(
      "names that differ in case, spaces and string type are one (RFC 5280 §7.1)",
      (() => {
        const root = issue({ name: "Root", extensions: CA });
        const one = issue({ name: "CA One", extensions: CA, by: root });
        const target = issue({ name: "Target", by: { name: printable, key: one.key } });
        return { chain: [target.certificate, one.certificate], anchor: root.certificate };
      })(),
    ),
    bad("a CA without basicConstraints", path([{ extensions: [usage("keyCertSign")] }, {}]), ["not_a_ca", 1]),
    bad("a CA that says it is none", path([{ extensions: [isNoCa] }, {}]), ["not_a_ca", 1]),
    bad("a CA of version 1", path([{ version: 1, extensions: [] }, {}]), ["not_a_ca", 1]),
    good("a target of version 1", path([{}, { version: 1 }])),
    bad("a CA that must not sign certificates", path([{ extensions: [isCa(), usage("cRLSign")] }, {}]), [
      "no_cert_sign",
      1,
    ]),
    good("a CA without keyUsage", path([{ extensions: [isCa()] }, {}])),
    good("no CA below one with path length 0", path([{ extensions: [isCa(0)] }, {}])),
    bad("a CA below one with path length 0", path([{ extensions: [isCa(0)] }, {}, {}]), ["path_length", 1]),
    good("one CA below one with path length 1", path([{ extensions: [isCa(1)] }, {}, {}])),
    bad(
      "the longer length below does not widen the shorter above",
      path([{ extensions: [isCa(0)] }, { extensions: [isCa(5)] }, {}]),
      ["path_length", 1],
    ),
    good("a self-issued certificate does not count in the length", selfIssuedKey()),
    bad("an unknown critical extension in the target", path([{}, { extensions: [unknown(true)] }]), [
      "unknown_critical_extension",
      0,
    ]),
    bad("an unknown critical extension in a CA", below([unknown(true)]), ["unknown_critical_extension", 1]),
    but(
      good(
        "critical qualified statements that are all known",
        path([{}, { extensions: [statements(OID.qcCompliance, OID.qcSscd)] }]),
      ),
      "bad",
      "it knows no qualified statements",
    ),
    bad(
      "critical qualified statements, one of them unknown",
      path([{}, { extensions: [statements(OID.qcCompliance, "1.2.3.4")] }]),
      ["unknown_critical_extension", 0],
    ),
    bad(
      "critical qualified statements that are none",
      path([{}, { extensions: [raw(OID.qcStatements, integer(1), true)] }]),
      ["unknown_critical_extension", 0],
    ),
    good("an unknown extension that is not critical", below([unknown(false)], [unknown(false)])),
    bad(
      "basicConstraints that are no sequence",
      path([{ extensions: [raw(OID.basicConstraints, integer(1))] }, {}]),
      ["extension_malformed", 1],
      ["not_a_ca", 1],
    ),
    bad("a key usage without any bit", path([{}, { extensions: [usage()] }]), ["extension_malformed", 0]),
    bad("policies that name one twice", path([{}, { extensions: [policies([P1, P1])] }]), ["extension_malformed", 0]),
    bad(
      "alternative names that are none",
      path([{}, { extensions: [raw(OID.subjectAltName, octetString(new Uint8Array(2)))] }]),
      ["extension_malformed", 0],
    ),
  ];
}

export function anchorRules(): readonly Rule[] {
  const anchor = (extensions: Extensions, version: 1 | 3 = 3) => ({ extensions, version });
  return [
    good("an anchor of version 1", path([{}], anchor([], 1))),
    good("an anchor with a path length that is kept", path([{}], anchor([isCa(0)]))),
    bad("an anchor's path length holds (RFC 5937)", path([{}, {}], anchor([isCa(0)])), ["path_length", 1]),
    bad(
      "a person's certificate that is trusted directly issues nothing",
      path([{}], anchor([isNoCa, usage("digitalSignature")])),
      ["anchor_not_a_ca", 0],
    ),
    bad("an anchor of version 3 that says nothing", path([{}], anchor([])), ["anchor_not_a_ca", 0]),
    bad("an anchor that must not sign certificates", path([{}], anchor([isCa(), usage("cRLSign")])), [
      "anchor_not_a_ca",
      0,
    ]),
    bad(
      "an anchor's name constraints hold (RFC 5937)",
      path(
        [{ extensions: [altNames(general.dns("a.example"))] }],
        anchor([...CA, nameConstraints({ permitted: [general.dns("b.example")] })]),
      ),
      ["name_not_permitted", 0],
    ),
  ];
}

export function nameRules(): readonly Rule[] {
  const o = (text: string) => general.directory(dn([OID.organizationName, text]));
  const oAnd = (organization: string, name: string) => dn([OID.organizationName, organization], [OID.commonName, name]);
  const names = (kind: "permitted" | "excluded", base: Uint8Array, ...own: readonly Uint8Array[]) =>
    below([nameConstraints({ [kind]: [base] })], own.length === 0 ? [] : [altNames(...own)]);
  const subject = (kind: "permitted" | "excluded", base: Uint8Array, name: Uint8Array) =>
    below([nameConstraints({ [kind]: [base] })], [], { name });
  const subtree = (...more: readonly Uint8Array[]) =>
    raw(
      OID.nameConstraints,
      sequence(Uint8Array.of(0xa0, ...sequence(sequence(general.dns("a.example"), ...more)).subarray(1))),
      true,
    );
  const minimum = (n: number) => Uint8Array.of(0x80, 1, n);
  const maximum = (n: number) => Uint8Array.of(0x81, 1, n);
  const { dns, email, uri, ip } = general;
  const upn = () => general.other("1.3.6.1.4.1.311.20.2.3", utf8String("a@b.example"));
  return [
    good("a subject in the permitted subtree", subject("permitted", o("Sở A"), oAnd("Sở A", "Target"))),
    bad("a subject outside of it", subject("permitted", o("Sở A"), oAnd("Sở B", "Target")), ["name_not_permitted", 0]),
    but(
      bad("a subject in an excluded subtree", subject("excluded", o("Sở A"), oAnd("SỞ  a", "Target")), [
        "name_excluded",
        0,
      ]),
      "good",
      "it folds the case of ASCII letters only; RFC 5280 §7.1 wants that of all",
    ),
    good("a subject outside an excluded subtree", subject("excluded", o("Sở A"), oAnd("Sở B", "Target"))),
    bad("an alternative directory name outside", names("permitted", general.directory(cn("Target")), o("Sở B")), [
      "name_not_permitted",
      0,
    ]),
    good(
      "an empty subject under constraints of directory names",
      below([nameConstraints({ permitted: [o("A")] })], [raw(OID.subjectAltName, sequence(dns("a.example")), true)], {
        name: sequence(),
      }),
    ),
    good("a host below the permitted one", names("permitted", dns("example"), dns("a.example"))),
    good("the permitted host itself", names("permitted", dns("example.vn"), dns("EXAMPLE.vn"))),
    bad("a host that only ends the same", names("permitted", dns("example.vn"), dns("notexample.vn")), [
      "name_not_permitted",
      0,
    ]),
    bad("an excluded host", names("excluded", dns("example.vn"), dns("a.example.vn")), ["name_excluded", 0]),
    good("no host where hosts are constrained", names("permitted", dns("example.vn"))),
    good("a mailbox at the permitted host", names("permitted", email("example.vn"), email("An@EXAMPLE.vn"))),
    bad("a mailbox at a host below it", names("permitted", email("example.vn"), email("an@mail.example.vn")), [
      "name_not_permitted",
      0,
    ]),
    good("a mailbox in the permitted domain", names("permitted", email(".example.vn"), email("an@mail.example.vn"))),
    bad("a mailbox at the domain itself", names("permitted", email(".example.vn"), email("an@example.vn")), [
      "name_not_permitted",
      0,
    ]),
    bad(
      "another mailbox than the permitted one",
      names("permitted", email("an@example.vn"), email("binh@example.vn")),
      ["name_not_permitted", 0],
    ),
    bad(
      "an excluded mailbox in the subject only",
      below([nameConstraints({ excluded: [email("example.vn")] })], [], {
        name: sequence(
          setOf(sequence(oid(OID.emailAddress), Uint8Array.of(0x16, 13, ...new TextEncoder().encode("an@example.vn")))),
        ),
      }),
      ["name_excluded", 0],
    ),
    good("a URI at the permitted host", names("permitted", uri("example.vn"), uri("https://example.vn:443/a"))),
    bad("a URI at another host", names("permitted", uri("example.vn"), uri("https://example.vn.evil/a")), [
      "name_not_permitted",
      0,
    ]),
    bad(
      "a URI whose userinfo looks like the host",
      names("permitted", uri("example.vn"), uri("https://example.vn@evil/")),
      ["name_not_permitted", 0],
    ),
    bad("a URI without a host", names("excluded", uri("example.vn"), uri("urn:a:b")), ["name_excluded", 0]),
    good("an address in the permitted network", names("permitted", ip(10, 1, 0, 0, 255, 255, 0, 0), ip(10, 1, 2, 3))),
    bad("an address outside of it", names("permitted", ip(10, 1, 0, 0, 255, 255, 0, 0), ip(10, 2, 2, 3)), [
      "name_not_permitted",
      0,
    ]),
    bad(
      "an address of the other family",
      names("permitted", ip(10, 1, 0, 0, 255, 255, 0, 0), ip(...new Array<number>(16).fill(1))),
      ["name_not_permitted", 0],
    ),
    bad(
      "a registered identifier that is constrained, a form that is not compared",
      names("permitted", general.registered(P1), general.registered(P1)),
      ["name_form_unsupported", 0],
    ),
    bad("another name that is constrained, a form that is not compared", names("excluded", upn(), upn()), [
      "name_form_unsupported",
      0,
    ]),
    good(
      "a constraint on a form that is not compared, without such a name",
      names("excluded", upn(), dns("a.example")),
    ),
    bad(
      "constraints of two CAs add up",
      path([
        { extensions: [...CA, nameConstraints({ permitted: [dns("example.vn")] })] },
        { extensions: [...CA, nameConstraints({ permitted: [dns("a.example.vn")] })] },
        { extensions: [altNames(dns("b.example.vn"))] },
      ]),
      ["name_not_permitted", 0],
    ),
    good(
      "one of two subtrees of a CA is enough",
      below([nameConstraints({ permitted: [dns("a.example"), dns("b.example")] })], [altNames(dns("b.example"))]),
    ),
    bad("a subtree with a minimum", below([subtree(minimum(1))], [altNames(dns("a.example"))]), [
      "extension_malformed",
      1,
    ]),
    bad("a subtree with a maximum", below([subtree(maximum(1))], [altNames(dns("a.example"))]), [
      "extension_malformed",
      1,
    ]),
    but(
      bad("constraints that constrain nothing", below([raw(OID.nameConstraints, sequence(), true)]), [
        "extension_malformed",
        1,
      ]),
      "good",
      "it lets them pass; RFC 5280 §4.2.1.10 forbids to issue them",
    ),
    bad("a network of five octets", names("excluded", ip(10, 1, 0, 0, 255), ip(10, 2, 3, 4)), [
      "extension_malformed",
      1,
    ]),
    but(
      bad("a network whose mask has holes", names("excluded", ip(10, 1, 0, 0, 255, 0, 255, 0), ip(10, 2, 3, 4)), [
        "extension_malformed",
        1,
      ]),
      "good",
      "it applies any mask bit by bit; RFC 5280 §4.2.1.10 wants one in the style of RFC 4632",
    ),
    but(
      bad(
        "an excluded URI where a host belongs",
        names("excluded", uri("https://evil.example/"), uri("https://evil.example/")),
        ["extension_malformed", 1],
      ),
      "good",
      "it compares the host of a name with the whole URI, so that the exclusion excludes nothing",
    ),
    good(
      "a self-issued CA is outside the constraints",
      (() => {
        const root = issue({ name: "Root", extensions: CA });
        const one = issue({
          name: "CA",
          extensions: [...CA, nameConstraints({ permitted: [o("A")] })],
          by: root,
        });
        const newer = issue({ name: "CA", extensions: CA, by: one });
        const target = issue({ name: oAnd("A", "Target"), by: newer });
        return { chain: [target, newer, one].map(({ certificate }) => certificate), anchor: root.certificate };
      })(),
    ),
  ];
}

export function policyRules(): readonly Rule[] {
  const step = (...extensions: readonly ExtensionOf[]): Step => ({ extensions: [...CA, ...extensions] });
  const last = (...extensions: readonly ExtensionOf[]): Step => ({ extensions });
  const explicit = { explicitPolicy: true } as const;
  const asking = (...initialPolicies: readonly string[]) => ({ ...explicit, initialPolicies });
  return [
    good("no policies, none required", path([step(), last()])),
    bad("no policies, one required by the user", path([step(), last()], {}, explicit), ["policy_required", 1]),
    good("the same policy all along", path([step(policies([P1])), last(policies([P1]))], {}, explicit)),
    bad("another policy below", path([step(policies([P1])), last(policies([P2]))], {}, explicit), [
      "policy_required",
      0,
    ]),
    good("another policy below, none required", path([step(policies([P1])), last(policies([P2]))])),
    good("the policy that is asked for", path([step(policies([P1, P2])), last(policies([P1, P2]))], {}, asking(P2))),
    bad("not the policy that is asked for", path([step(policies([P1])), last(policies([P1]))], {}, asking(P2)), [
      "policy_required",
      0,
    ]),
    good("anyPolicy above", path([step(policies([ANY])), last(policies([P1]))], {}, asking(P1))),
    good("anyPolicy below", path([step(policies([P1])), last(policies([ANY]))], {}, asking(P1))),
    bad(
      "anyPolicy inhibited by the user",
      path([step(policies([ANY])), last(policies([P1]))], {}, { ...explicit, inhibitAnyPolicy: true }),
      ["policy_required", 1],
    ),
    bad(
      "anyPolicy inhibited by a CA",
      path([step(policies([P1]), inhibitAny(0)), last(policies([ANY]))], {}, explicit),
      ["policy_required", 0],
    ),
    good(
      "anyPolicy inhibited further down only",
      path([step(policies([P1]), inhibitAny(1)), last(policies([ANY]))], {}, explicit),
    ),
    bad("a policy required by the CA", path([step(policyConstraints({ explicit: 0 })), last()]), [
      "policy_required",
      0,
    ]),
    good("a policy required further down only", path([step(policyConstraints({ explicit: 2 })), last()])),
    bad("a policy required by the target itself", path([step(), last(policyConstraints({ explicit: 0 }))]), [
      "policy_required",
      0,
    ]),
    good("a mapped policy", path([step(policies([P1]), mappings([P1, P2])), last(policies([P2]))], {}, asking(P1))),
    bad(
      "a mapped policy under its own name",
      path([step(policies([P1]), mappings([P1, P2])), last(policies([P1]))], {}, explicit),
      ["policy_required", 0],
    ),
    bad(
      "mapping inhibited by the user",
      path(
        [step(policies([P1]), mappings([P1, P2])), last(policies([P2]))],
        {},
        { ...explicit, inhibitPolicyMapping: true },
      ),
      ["policy_required", 0],
    ),
    bad(
      "mapping inhibited by a CA above",
      path(
        [
          step(policies([P1]), policyConstraints({ mapping: 0 })),
          step(policies([P1]), mappings([P1, P2])),
          last(policies([P2])),
        ],
        {},
        explicit,
      ),
      ["policy_required", 0],
    ),
    good(
      "a policy mapped from anyPolicy",
      path([step(policies([ANY]), mappings([P1, P2])), last(policies([P2]))], {}, asking(P1)),
    ),
    good(
      "two mapped to one",
      path([step(policies([P1, P2]), mappings([P1, P3], [P2, P3])), last(policies([P3]))], {}, asking(P2)),
    ),
    bad("anyPolicy is mapped", path([step(policies([P1]), mappings([ANY, P1])), last(policies([P1]))]), [
      "policy_mapping_any",
      1,
    ]),
    bad("something is mapped to anyPolicy", path([step(policies([P1]), mappings([P1, ANY])), last(policies([P1]))]), [
      "policy_mapping_any",
      1,
    ]),
    good(
      "critical policies with known qualifiers only",
      path([step(policies([P1], true)), last(policies([P1], true))]),
    ),
    but(
      bad(
        "critical policies with an unknown qualifier",
        path([
          step(),
          last(
            raw(
              OID.certificatePolicies,
              sequence(sequence(oid(P2)), sequence(oid(P1), sequence(sequence(oid("1.2.3"), nullValue())))),
              true,
            ),
          ),
        ]),
        ["unknown_critical_extension", 0],
      ),
      "good",
      "it never looks at qualifiers, critical or not; RFC 5280 §4.2.1.4 wants them read",
    ),
  ];
}
