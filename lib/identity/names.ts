/**
 * Whether two spellings are one Vietnamese name: equal after Unicode normalisation, case, white space and the place of the
 * tone mark are set aside. Diacritics never are: Hoa is not Hòa, An is not Ân, D is not Đ. A difference that is left is for
 * a person to judge, never for this function to overlook.
 */
export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}

/**
 * What {@link sameName} compares: one text for all spellings of a name that it holds equal. For comparing only: it is not a
 * spelling to be shown or stored in place of the name.
 */
export function nameKey(name: string): string {
  const folded = name.normalize("NFC").toLowerCase().normalize("NFC");
  return folded
    .split(/\s+/u)
    .filter((word) => word !== "")
    .map((word) => word.replace(/[\p{L}\p{M}]+/gu, foldTonePlace))
    .join(" ");
}

/** Grave, acute, tilde, hook above, dot below: the five written tones. Breve, circumflex and horn make other letters. */
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** A syllable without its tone, as consonants, letters of the vowel with their own marks, consonants. */
const SYLLABLE = /^([bcdđghklmnpqrstvx]*)((?:[aeiouy][\u0302\u0306\u031b]?)+)(c|ch|m|n|ng|nh|p|t)?$/;
/** Vowel groups of Vietnamese spelling, without tone. */
const VOWELS = new Set(
  (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo oi oo ôi ôô ơi " +
    "ua uâ uây ue uê ui uô uôi uơ uy uya uyê uyu ưa ưi ươ ươi ươu ưu yê yêu"
  ).split(" "),
);

/**
 * A syllable has one tone, and where it is written is a matter of style or of the keyboard: hòa or hoà, thúy or thuý, qúy for
 * quý. In words that can be Vietnamese syllables the mark moves to the first vowel letter; other words (José is not Jóse)
 * keep theirs where it is.
 *
 * @param word one run of letters, lower case, NFC
 */
function foldTonePlace(word: string): string {
  const letters = word.normalize("NFD");
  const tones = letters.match(TONE);
  if (tones?.length !== 1) return word;
  const [, onset, vowels, coda = ""] = SYLLABLE.exec(letters.replace(TONE, "")) ?? [];
  if (onset === undefined || vowels === undefined || !isVowelGroup(onset, vowels.normalize("NFC"))) return word;
  // In NFD a tone stands behind its letter's own mark, except for the dot below; NFC puts either order right.
  const first = /^.[\u0302\u0306\u031b]?/u.exec(vowels)?.[0] ?? "";
  return `${onset}${first}${tones[0]}${vowels.slice(first.length)}${coda}`.normalize("NFC");
}

/** In `qu` and, before another vowel, in `gi` the vowel letter belongs to the consonant: quý, quyền, giờ, giữ. */
function isVowelGroup(onset: string, vowels: string): boolean {
  if (onset === "q") return vowels.startsWith("u") && VOWELS.has(vowels.slice(1));
  if (onset === "g" && vowels.startsWith("i") && VOWELS.has(vowels.slice(1))) return true;
  return VOWELS.has(vowels);
}
