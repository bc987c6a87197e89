/**
 * What a stamp on a page says. It names who signs and where that can be checked, and never what the check will find: a picture
 * cannot be valid. NFC.
 */
export type StampWords = {
  /** `{name}` */
  readonly signer: string;
  /** `{time}` */
  readonly time: string;
  /** `{lookup}` and `{opening}` */
  readonly codes: string;
  /** `{address}` */
  readonly check: string;
  /** What a screen reader calls the field; `{name}`. */
  readonly field: string;
};

export const STAMP: Readonly<Record<"vi" | "en", StampWords>> = {
  vi: {
    signer: "Ký điện tử bởi: {name}",
    time: "Lúc: {time}",
    codes: "Mã tra cứu: {lookup} · Mã mở: {opening}",
    check: "Kiểm tra: {address}",
    field: "Chữ ký điện tử của {name}",
  },
  en: {
    signer: "Signed electronically by: {name}",
    time: "At: {time}",
    codes: "Look-up code: {lookup} · Opening code: {opening}",
    check: "Check at: {address}",
    field: "Electronic signature of {name}",
  },
};
