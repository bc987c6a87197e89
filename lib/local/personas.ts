import type { PERSONA_NOTES } from "../text/demo-login.ts";

export type PersonaName = keyof typeof PERSONA_NOTES;

/** Claims as the national portal's login gives them (seen in December 2023), and the standard ones beside them. */
export type PersonaClaims = {
  readonly sub: string;
  /** Stable technical identifier, UUID. */
  readonly TechID: string;
  /** "1": a person. */
  readonly LoaiTaiKhoan: "1";
  readonly HoVaTen: string;
  /** Citizen number: 000, the code of no province; century and sex; year of birth; six digits. */
  readonly SoDinhDanh: string;
  /** `yyyyMMdd` */
  readonly NgayThangNamSinh: string;
  /** Who vouched: "BCA" is the police. DEMO marks every one of these. */
  readonly loginIdp: "DEMO-BCA";
  /** Ours: the portal gives no token to a locked account, so nothing is known of how it would say it. */
  readonly TrangThai: "HoatDong" | "TamKhoa";
  /** OpenID Connect Core §5.1. */
  readonly name: string;
  readonly birthdate: string;
  /** An officer's body and office. */
  readonly MaCoQuan?: string;
  readonly TenCoQuan?: string;
  readonly ChucVu?: string;
  /** `can_bo`: an officer; `lanh_dao`: a supervisor. Ours: how the portal says it is not known. */
  readonly VaiTro?: "can_bo" | "lanh_dao";
};

export type Persona = {
  /** Authentication context: LoA2 is an account of level 2, checked in person; LoA1 one of level 1. */
  readonly acr: "LoA1" | "LoA2";
  readonly amr: readonly string[];
  /** True where the person says no instead of logging in. */
  readonly declines: boolean;
  readonly claims: PersonaClaims;
};

type Described = Pick<PersonaClaims, "TechID" | "HoVaTen" | "SoDinhDanh" | "NgayThangNamSinh"> & Partial<PersonaClaims>;

function persona(name: PersonaName, described: Described, rest: Partial<Omit<Persona, "claims">> = {}): Persona {
  const birthdate = described.NgayThangNamSinh.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  return {
    acr: "LoA2",
    amr: ["pwd", "otp"],
    declines: false,
    ...rest,
    claims: {
      sub: `demo-${name}`,
      LoaiTaiKhoan: "1",
      loginIdp: "DEMO-BCA",
      TrangThai: "HoatDong",
      name: described.HoVaTen,
      birthdate,
      ...described,
    },
  };
}

/** The people of the embedded identity provider, in the order of the login page. None of them exists. */
export const PERSONAS: Readonly<Record<PersonaName, Persona>> = {
  an: persona("an", {
    TechID: "0a4f6c1e-5d0b-4c55-9a61-3b8f2f6f9a01",
    HoVaTen: "NGUYỄN THỊ THUÝ AN",
    SoDinhDanh: "000185000001",
    NgayThangNamSinh: "19850219",
  }),
  tuyet: persona("tuyet", {
    TechID: "5b7d9f20-8c1a-4e0f-b7d4-6c2e1a9d4f02",
    HoVaTen: "TRẦN HOÀ ÁNH TUYẾT",
    SoDinhDanh: "000192000002",
    NgayThangNamSinh: "19920830",
  }),
  binh: persona(
    "binh",
    {
      TechID: "c3e8a1d4-27f6-4b9c-8e15-90d7b3f1ce03",
      HoVaTen: "ĐẶNG QUỐC BÌNH",
      SoDinhDanh: "000078000003",
      NgayThangNamSinh: "19781105",
    },
    { acr: "LoA1", amr: ["pwd"] },
  ),
  chi: persona(
    "chi",
    {
      TechID: "7f1b2c93-64ad-4d7e-a2f8-1e5c0b9a7d04",
      HoVaTen: "PHẠM THỊ QUỲNH CHI",
      SoDinhDanh: "000301000004",
      NgayThangNamSinh: "20010117",
    },
    { declines: true },
  ),
  dung: persona("dung", {
    TechID: "e96d40b7-1f3c-4a28-95c0-8d4a7e2b6f05",
    HoVaTen: "LÊ HOÀNG DŨNG",
    SoDinhDanh: "000080000005",
    NgayThangNamSinh: "19800608",
    MaCoQuan: "H00.DEMO.001",
    TenCoQuan: "Uỷ ban nhân dân phường Thử Nghiệm (DEMO)",
    ChucVu: "Công chức Tư pháp - Hộ tịch",
    VaiTro: "can_bo",
  }),
  giang: persona("giang", {
    TechID: "2d5e8b61-93c7-4f04-8b3a-f7a6d1c0e906",
    HoVaTen: "VŨ HƯƠNG GIANG",
    SoDinhDanh: "000195000006",
    NgayThangNamSinh: "19951224",
    TrangThai: "TamKhoa",
  }),
  hanh: persona("hanh", {
    TechID: "9c4a7e35-0b86-4d12-a7f9-51e3c8b2d007",
    HoVaTen: "BÙI THỊ HẠNH",
    SoDinhDanh: "000176000007",
    NgayThangNamSinh: "19760415",
    MaCoQuan: "H00.DEMO.001",
    TenCoQuan: "Uỷ ban nhân dân phường Thử Nghiệm (DEMO)",
    ChucVu: "Phó Chủ tịch Uỷ ban nhân dân phường",
    VaiTro: "lanh_dao",
  }),
};

export const PERSONA_NAMES = Object.keys(PERSONAS) as readonly PersonaName[];

export function isPersonaName(name: unknown): name is PersonaName {
  return typeof name === "string" && Object.hasOwn(PERSONAS, name);
}

/** @param subject `sub` of a persona's claims */
export function personaOf(subject: string): Persona | undefined {
  return Object.values(PERSONAS).find(({ claims }) => claims.sub === subject);
}
