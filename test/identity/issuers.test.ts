import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { toIdentity } from "../../lib/identity/identity.ts";
import { type IssuerConfig, readIssuer, readIssuers } from "../../lib/identity/issuers.ts";
import { sameName } from "../../lib/identity/names.ts";
import { selectIssuer } from "../../lib/identity/select-issuer.ts";
import type { JsonObject } from "../../lib/json/value.ts";
import { ISSUER, KEYS, NOW, signed, token } from "./tokens.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const fault = (code: string) => expect.objectContaining({ name: "Fault", code });

const LOW = { level: "low", ial: 1, aal: 1, fal: 1 };
const SUBSTANTIAL = { level: "substantial", ial: 2, aal: 2, fal: 1, schemeLevel: 2 };

const STANDARD = {
  issuer: ISSUER,
  clientIds: ["motlan", "motlan-cli"],
  algorithms: ["ES256"],
  claimMap: "oidc",
  nameOrder: "name",
  status: null,
  assurance: [
    {
      id: "two-factors",
      when: [
        { claim: "acr", oneOf: ["loa2", "loa3"] },
        { claim: "amr", oneOf: ["otp", "hwk"] },
      ],
      grants: SUBSTANTIAL,
    },
    { id: "anybody", when: [], grants: LOW },
  ],
  requiredAssurance: "substantial",
  maxAge: 300,
  clockSkew: 30,
};

const PORTAL_ISSUER = "https://xacthuc.dichvucong.gov.vn";
const PORTAL = {
  ...STANDARD,
  issuer: PORTAL_ISSUER,
  claimMap: "dvcqg",
  status: { active: { claim: "TrangThai", oneOf: ["1", 1] }, whenAbsent: "active" },
  assurance: [
    {
      id: "vneid-2",
      when: [
        { claim: "loginIdp", oneOf: ["BCA"] },
        { claim: "MucDo", oneOf: ["2"] },
      ],
      grants: SUBSTANTIAL,
    },
    { id: "vneid-1", when: [{ claim: "loginIdp", oneOf: ["BCA"] }], grants: { ...LOW, schemeLevel: 1 } },
  ],
};

const PERSON = { iss: ISSUER, sub: "s-1", name: "Nguyễn Văn An", acr: "loa2", amr: ["pwd", "otp"], auth_time: NOW - 9 };
const CITIZEN = {
  iss: PORTAL_ISSUER,
  sub: "001099012345",
  TechID: "0f3b0c3e-9a51-4c7b-8f0e-6f1f5a3c2d10",
  LoaiTaiKhoan: "1",
  HoVaTen: "NGUYỄN THỊ ÁNH TUYẾT",
  SoDinhDanh: "001099012345",
  NgayThangNamSinh: "19900517",
  loginIdp: "BCA",
  MucDo: "2",
};

const standard = (claims: JsonObject, config: object = {}) =>
  toIdentity({ ...PERSON, ...claims }, readIssuer({ ...STANDARD, ...config }));
const portal = (claims: JsonObject, config: object = {}) =>
  toIdentity({ ...CITIZEN, ...claims }, readIssuer({ ...PORTAL, ...config }));
const without = (claims: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

describe("standard claims", () => {
  test("give an identity", () => {
    expect(standard({ birthdate: "1990-05-17" })).toEqual({
      issuer: ISSUER,
      subject: "s-1",
      fullName: "Nguyễn Văn An",
      birthDate: "1990-05-17",
      assurance: { ...SUBSTANTIAL, source: "two-factors" },
      authTime: NOW - 9,
      active: true,
    });
  });

  const parts = { family_name: "Nguyễn", middle_name: "Văn", given_name: "An" };
  const names: readonly [string, JsonObject, string, string][] = [
    ["the name as it is", { name: "An Nguyen" }, "name", "An Nguyen"],
    ["family, middle, given", parts, "family-first", "Nguyễn Văn An"],
    ["given, middle, family", parts, "given-first", "An Văn Nguyễn"],
    ["no middle name", { ...parts, middle_name: "" }, "family-first", "Nguyễn An"],
    ["spaces too many", { name: " Nguyễn  Văn\u00a0An " }, "name", "Nguyễn Văn An"],
    ["composed letters", { name: "Nguye\u0302\u0303n Va\u0306n An" }, "name", "Nguyễn Văn An"],
    ["case as it is", { name: "NGUYỄN văn An" }, "name", "NGUYỄN văn An"],
    ["letters of Ede", { name: "Y Ƀhiăt Êban" }, "name", "Y Ƀhiăt Êban"],
  ];
  for (const [what, claims, nameOrder, fullName] of names) {
    test(`the full name: ${what}`, () => {
      expect(standard(claims, { nameOrder }).fullName).toBe(fullName);
    });
  }

  for (const [what, claims, nameOrder] of [
    ["none", { name: "" }, "name"],
    ["a number", { name: 1 }, "name"],
    ["a family name alone", { family_name: "Nguyễn" }, "family-first"],
    ["white space", { name: " \u00a0 " }, "name"],
    ["digits", { name: "12345" }, "name"],
    ["a control character", { name: "An\u0000" }, "name"],
    ["a character that turns the direction", { name: "An \u202egnaoH" }, "name"],
    ["201 letters", { name: "a".repeat(201) }, "name"],
    ["a lone surrogate", { name: "An\ud800" }, "name"],
    ["a joiner, which no certificate may carry", { name: "An\u200dh" }, "name"],
    ["an unassigned character", { name: "An\u0378" }, "name"],
  ] as const) {
    test(`a name that cannot be signed under: ${what}`, () => {
      expect(() => standard(claims, { nameOrder })).toThrow(fault("token_claims"));
    });
  }

  test("the issuer must be the one that was configured", () => {
    expect(() => standard({ iss: "https://evil.example" })).toThrow(fault("token_issuer"));
    expect(() => toIdentity(without(PERSON, "iss"), readIssuer(STANDARD))).toThrow(fault("token_issuer"));
  });
});

describe("claims of the national portal", () => {
  test("give an identity whose key is TechID, and nothing of the citizen number", () => {
    const identity = portal({});
    expect(identity).toEqual({
      issuer: PORTAL_ISSUER,
      subject: CITIZEN.TechID,
      fullName: "NGUYỄN THỊ ÁNH TUYẾT",
      birthDate: "1990-05-17",
      assurance: { ...SUBSTANTIAL, source: "vneid-2" },
      active: true,
    });
    expect(JSON.stringify(identity)).not.toContain(CITIZEN.SoDinhDanh);
    expect(sameName(identity.fullName, "Nguyễn Thị Ánh Tuyết")).toBe(true);
  });

  test("a person's account may be numbered as text or number", () => {
    expect(portal({ LoaiTaiKhoan: 1 }).subject).toBe(CITIZEN.TechID);
  });

  const refused: readonly [string, JsonObject, string][] = [
    ["an organisation's account", { LoaiTaiKhoan: "2", MaSoThue: "0100109106" }, "identity_not_person"],
    ["an organisation's account, as a number", { LoaiTaiKhoan: 2 }, "identity_not_person"],
    ["an account of unknown kind", { LoaiTaiKhoan: "3" }, "token_claims"],
    ["an account of kind true", { LoaiTaiKhoan: true }, "token_claims"],
    ["a citizen number for a technical identifier", { TechID: "001099012345" }, "token_claims"],
    ["an old card's number for one", { TechID: "012345678" }, "token_claims"],
    ["an empty technical identifier", { TechID: "" }, "token_claims"],
    ["a name that is a list", { HoVaTen: ["A"] }, "token_claims"],
    ["a birth date that never was", { NgayThangNamSinh: "19900231" }, "token_claims"],
    ["a birth date of zeros", { NgayThangNamSinh: "00000000" }, "token_claims"],
    ["a birth date with a day and no month", { NgayThangNamSinh: "19900017" }, "token_claims"],
    ["a birth date that is a number", { NgayThangNamSinh: 19900517 }, "token_claims"],
    ["a locked account", { TrangThai: "0" }, "identity_inactive"],
    ["a status nobody has described", { TrangThai: true }, "identity_inactive"],
    ["an account of level 1", { MucDo: "1" }, "assurance_too_low"],
    ["a level of another type", { MucDo: 2 }, "assurance_too_low"],
    ["another way of logging in", { loginIdp: "VNPT" }, "assurance_too_low"],
    ["an acr that claims the best", { loginIdp: "VNPT", acr: "LoA4" }, "assurance_too_low"],
  ];
  for (const [name, claims, code] of refused) {
    test(`${name}: ${code}`, () => {
      expect(() => portal(claims)).toThrow(fault(code));
    });
  }
  for (const name of ["TechID", "LoaiTaiKhoan", "HoVaTen"]) {
    test(`${name} cannot be missing`, () => {
      expect(() => toIdentity(without(CITIZEN, name), readIssuer(PORTAL))).toThrow(fault("token_claims"));
    });
  }

  test("an organisation is told that it is one, even where its account is locked", () => {
    expect(() => portal({ LoaiTaiKhoan: "2", TrangThai: "0" })).toThrow(fault("identity_not_person"));
  });

  test("an account of unknown status is active or not as configured", () => {
    const status = { ...PORTAL.status, whenAbsent: "inactive" };
    expect(portal({}).active).toBe(true);
    expect(() => portal({}, { status })).toThrow(fault("identity_inactive"));
    expect(portal({ TrangThai: 1 }, { status }).active).toBe(true);
  });
});

describe("birth dates", () => {
  const dates: readonly [JsonObject, string | undefined][] = [
    [{ birthdate: "1990" }, "1990"],
    [{ birthdate: "1990-05" }, "1990-05"],
    [{ birthdate: "2000-02-29" }, "2000-02-29"],
    [{ birthdate: "0000-05-17" }, undefined],
    [{ birthdate: "" }, undefined],
    [{ birthdate: null }, undefined],
    [{}, undefined],
  ];
  for (const [claims, birthDate] of dates) {
    test(`${JSON.stringify(claims)} is ${birthDate ?? "not known"}`, () => {
      expect(standard(claims).birthDate).toBe(birthDate);
    });
  }
  for (const birthdate of [
    "1900-02-29",
    "1990-13-01",
    "1990-00-01",
    "1990-04-31",
    "17/05/1990",
    "0000",
    "1990-5-17",
    "90-05-17",
    "1990-05-17T00:00:00Z",
    " 1990",
  ]) {
    test(`${birthdate} is not a date`, () => {
      expect(() => standard({ birthdate })).toThrow(fault("token_claims"));
    });
  }
  const compact: readonly [string, string][] = [
    ["1990", "1990"],
    ["199005", "1990-05"],
    ["19900000", "1990"],
    ["19900500", "1990-05"],
    ["20240229", "2024-02-29"],
  ];
  for (const [text, birthDate] of compact) {
    test(`the portal's ${text} is ${birthDate}`, () => {
      expect(portal({ NgayThangNamSinh: text }).birthDate).toBe(birthDate);
    });
  }
});

describe("assurance", () => {
  const rows: readonly [string, JsonObject, string, string][] = [
    ["both conditions", {}, "low", "two-factors"],
    ["one condition", { amr: ["pwd"] }, "low", "anybody"],
    ["a list claim with one right item", { amr: ["x", "hwk"] }, "low", "two-factors"],
    ["a text in place of a list", { amr: "otp" }, "low", "two-factors"],
    ["a longer text that contains the right one", { amr: "otp hwk" }, "low", "anybody"],
    ["the right acr in a list", { acr: ["loa2"] }, "low", "two-factors"],
    ["acr an object", { acr: { loa2: true } }, "low", "anybody"],
    ["acr null", { acr: null }, "low", "anybody"],
  ];
  for (const [name, claims, requiredAssurance, source] of rows) {
    test(`${name}: granted by ${source}`, () => {
      expect(standard(claims, { requiredAssurance }).assurance.source).toBe(source);
    });
  }

  test("what is granted must reach what is required, level by level", () => {
    const levels = ["low", "substantial", "high"];
    for (const [i, level] of levels.entries()) {
      for (const [j, requiredAssurance] of levels.entries()) {
        const assurance = [{ id: "r", when: [], grants: { ...SUBSTANTIAL, level } }];
        const attempt = () => standard({}, { assurance, requiredAssurance });
        if (i >= j) expect(attempt().assurance.level).toBe(level);
        else expect(attempt).toThrow(fault("assurance_too_low"));
      }
    }
  });

  test("a person for whom no rule speaks signs nothing, however little is required", () => {
    const assurance = [STANDARD.assurance[0]];
    expect(() => standard({ acr: "loa4" }, { assurance, requiredAssurance: "low" })).toThrow(
      fault("assurance_too_low"),
    );
  });

  test("a rule cannot be met by what every object inherits", () => {
    const assurance = [{ id: "r", when: [{ claim: "toString", oneOf: [true] }], grants: SUBSTANTIAL }];
    expect(() => standard({}, { assurance })).toThrow(fault("assurance_too_low"));
  });
});

test("on any claims: an identity, or a Fault that repeats none of them", () => {
  const names = [...Object.keys(PERSON), ...Object.keys(CITIZEN), "birthdate", "TrangThai", "family_name"];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), fc.boolean(), (changes, which) => {
      try {
        const identity = which ? standard(changes as JsonObject) : portal(changes as JsonObject);
        expect(identity.fullName.normalize("NFC")).toBe(identity.fullName);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        expect(error.message).not.toMatch(/Tuyết|TUYẾT|001099012345/);
      }
    }),
    { numRuns: RUNS },
  );
});

describe("configuration", () => {
  test("is read as it is", () => {
    expect(readIssuer(STANDARD)).toEqual(STANDARD);
    expect(readIssuers(JSON.parse(JSON.stringify([STANDARD, PORTAL])))).toEqual([STANDARD, PORTAL]);
  });

  for (const issuer of [
    "https://a.example",
    "https://a.example/realms/x",
    "http://localhost:8788",
    "http://127.0.0.1:1",
    "http://[::1]:1",
  ]) {
    test(`${issuer} can be an issuer`, () => {
      expect(readIssuer({ ...STANDARD, issuer }).issuer).toBe(issuer);
    });
  }

  const wrong: readonly [string, unknown][] = [
    ["nothing", undefined],
    ["null", null],
    ["a list", [STANDARD]],
    ...[
      "http://a.example",
      "https://a.example?x",
      "https://a.example#x",
      "https://u:p@a.example",
      "https://u@a.example",
      "https://:p@a.example",
      "ftp://a.example",
      "a.example",
      "http://localhost.evil.example",
      "",
    ].map((issuer): [string, unknown] => [`issuer ${issuer}`, { ...STANDARD, issuer }]),
    ["no client", { ...STANDARD, clientIds: [] }],
    ["an empty client", { ...STANDARD, clientIds: [""] }],
    ["no algorithm", { ...STANDARD, algorithms: [] }],
    ["HMAC", { ...STANDARD, algorithms: ["ES256", "HS256"] }],
    ["no signature", { ...STANDARD, algorithms: ["none"] }],
    ["algorithms as text", { ...STANDARD, algorithms: "ES256" }],
    ["an unknown claim map", { ...STANDARD, claimMap: "saml" }],
    ["a claim map that every object has", { ...STANDARD, claimMap: "toString" }],
    ["an unknown order", { ...STANDARD, nameOrder: "family" }],
    ["no word on status", { ...STANDARD, status: undefined }],
    ["half a status rule", { ...STANDARD, status: { active: PORTAL.status.active } }],
    ["no assurance rule", { ...STANDARD, assurance: [] }],
    ["a rule without a name", { ...STANDARD, assurance: [{ when: [], grants: LOW }] }],
    ["a rule without conditions spelled out", { ...STANDARD, assurance: [{ id: "r", grants: LOW }] }],
    [
      "a condition that nothing meets",
      { ...STANDARD, assurance: [{ id: "r", when: [{ claim: "acr", oneOf: [] }], grants: LOW }] },
    ],
    [
      "a condition on null",
      { ...STANDARD, assurance: [{ id: "r", when: [{ claim: "acr", oneOf: [null] }], grants: LOW }] },
    ],
    ["an unknown level", { ...STANDARD, assurance: [{ id: "r", when: [], grants: { ...LOW, level: "medium" } }] }],
    ["degree 4", { ...STANDARD, assurance: [{ id: "r", when: [], grants: { ...LOW, aal: 4 } }] }],
    ["half a scheme level", { ...STANDARD, assurance: [{ id: "r", when: [], grants: { ...LOW, schemeLevel: 1.5 } }] }],
    ["a misspelled member", { ...STANDARD, requiredAsurance: "high" }],
    ["a misspelled member of a rule", { ...STANDARD, assurance: [{ id: "r", whn: [], when: [], grants: LOW }] }],
    ["no requirement", { ...STANDARD, requiredAssurance: undefined }],
    ["a rule that is text", { ...STANDARD, assurance: ["r"] }],
    ["a rule that is null", { ...STANDARD, assurance: [null] }],
    ["a status that is text", { ...STANDARD, status: "active" }],
    ["a login of more than an hour ago", { ...STANDARD, maxAge: 3601 }],
    ["a negative age", { ...STANDARD, maxAge: -1 }],
    ["an age as text", { ...STANDARD, maxAge: "300" }],
    ["clocks more than ten minutes apart", { ...STANDARD, clockSkew: 601 }],
  ];
  for (const [name, config] of wrong) {
    test(`is refused as a mistake: ${name}`, () => {
      expect(() => readIssuer(config)).toThrow(TypeError);
    });
  }

  test("may ask for a login of this moment or of the last hour, and clocks that agree or nearly", () => {
    for (const [maxAge, clockSkew] of [
      [0, 0],
      [3600, 600],
    ]) {
      expect(readIssuer({ ...STANDARD, maxAge, clockSkew })).toMatchObject({ maxAge, clockSkew });
    }
  });

  test("names each issuer once", () => {
    expect(() => readIssuers([STANDARD, { ...STANDARD, clientIds: ["x"] }])).toThrow(TypeError);
    expect(() => readIssuers([])).toThrow(TypeError);
  });
});

describe("the configuration for a token that somebody sent", () => {
  const configs = readIssuers([STANDARD, { ...PORTAL, clientIds: ["portal"] }]) as readonly [
    IssuerConfig,
    IssuerConfig,
  ];

  test("is the one of its issuer, with the client that it was issued to", () => {
    expect(selectIssuer(token(), configs)).toEqual({ config: configs[0], clientId: "motlan" });
    expect(selectIssuer(token({ aud: ["x", "motlan-cli"], azp: "motlan-cli" }), configs).clientId).toBe("motlan-cli");
    expect(selectIssuer(token({ iss: PORTAL_ISSUER, aud: "portal" }), configs).config).toBe(configs[1]);
    expect(selectIssuer(token({ aud: ["motlan", "motlan-cli"], azp: "motlan" }), configs).clientId).toBe("motlan");
  });

  const refused: readonly [string, string, string][] = [
    ["an issuer that is not configured", token({ iss: "https://evil.example" }), "token_issuer"],
    ["no issuer", token({ iss: undefined }), "token_issuer"],
    ["a client of another issuer", token({ aud: "portal" }), "token_audience"],
    ["no audience", token({ aud: undefined }), "token_audience"],
    ["two clients of ours and none named", token({ aud: ["motlan", "motlan-cli"] }), "token_audience"],
    ["issued to somebody else", token({ azp: "x" }), "token_audience"],
    [
      "two issuers",
      signed("ES256", KEYS.p256, { alg: "ES256" }, `{"iss":"${ISSUER}","iss":"https://evil.example"}`),
      "token_malformed",
    ],
    ["no token", "a.b", "token_malformed"],
    ["no JSON", "e30.AAAA.AAAA", "token_malformed"],
  ];
  for (const [name, text, code] of refused) {
    test(`is not found: ${name}`, () => {
      expect(() => selectIssuer(text, configs)).toThrow(fault(code));
    });
  }
});
