type Both = { readonly vi: string; readonly en: string };

/** Whose screen the citizen signs on. Vietnamese first, then English; NFC. */
export const ASSISTANCE_MODE_WORDS = {
  phone: { vi: "Trên điện thoại của người dân", en: "On the citizen's own phone" },
  kiosk: { vi: "Trên máy tại quầy", en: "On a machine at the counter" },
} as const satisfies Record<string, Both>;

/** Why an officer helps. The codes stand in proofs for ever: words may change, codes may be added, none is given another meaning. */
export const ASSISTANCE_REASON_WORDS = {
  no_smartphone: { vi: "Không có điện thoại thông minh", en: "Has no smartphone" },
  low_vision: { vi: "Khó nhìn", en: "Cannot see well" },
  not_used_to_it: { vi: "Không quen", en: "Is not used to it" },
  other: { vi: "Khác", en: "Another reason" },
} as const satisfies Record<string, Both>;

/** What the officer's screen may know of the citizen's. `{page}` and `{pages}` are numbers. */
export const ASSISTANCE_STATUS_WORDS = {
  reading: { vi: "Đang đọc trang {page}/{pages}", en: "Reading page {page} of {pages}" },
  identifying: { vi: "Đang xác nhận danh tính", en: "Confirming their identity" },
  approving: { vi: "Đang xem lại trước khi ký", en: "Looking it over before signing" },
  signed: { vi: "Đã ký xong", en: "Signed" },
  declined: { vi: "Người dân chọn không ký", en: "The citizen declined" },
} as const satisfies Record<string, Both>;

export type AssistanceMode = keyof typeof ASSISTANCE_MODE_WORDS;
export type AssistanceReason = keyof typeof ASSISTANCE_REASON_WORDS;
export type AssistanceStatusCode = keyof typeof ASSISTANCE_STATUS_WORDS;

const keysOf = <K extends string>(words: Readonly<Record<K, Both>>) => Object.keys(words) as [K, ...K[]];

export const ASSISTANCE_MODES = keysOf(ASSISTANCE_MODE_WORDS);
export const ASSISTANCE_REASONS = keysOf(ASSISTANCE_REASON_WORDS);
export const ASSISTANCE_STATUSES = keysOf(ASSISTANCE_STATUS_WORDS);
