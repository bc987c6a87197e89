type ClassText = { readonly vi: string; readonly en: string };

/**
 * The classes of a signature (R1) in words, without a claim of effect: that one is equivalent to a handwritten signature is said apart, and
 * only where the trust profile grants it (R2).
 */
export const CLASS_TEXTS = {
  PUBLIC_CA: { vi: "Chữ ký số công cộng", en: "Public digital signature" },
  CIVIL_SERVICE: { vi: "Chữ ký số chuyên dùng công vụ", en: "Digital signature for official duty" },
  DEDICATED_SECURED: {
    vi: "Chữ ký điện tử chuyên dùng bảo đảm an toàn",
    en: "Dedicated electronic signature certified as secure",
  },
  DEDICATED: { vi: "Chữ ký điện tử chuyên dùng", en: "Dedicated electronic signature" },
  FOREIGN_RECOGNISED: { vi: "Chữ ký điện tử nước ngoài được công nhận", en: "Recognised foreign electronic signature" },
  FOREIGN_OTHER: { vi: "Chữ ký điện tử nước ngoài khác", en: "Other foreign electronic signature" },
  OTHER_CONFIRMATION: { vi: "Hình thức xác nhận điện tử khác", en: "Other electronic confirmation" },
} as const satisfies Record<string, ClassText>;
