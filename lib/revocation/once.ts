import type { Certificate } from "../x509/certificate.ts";

/** @returns `make`, which is asked once for each thing and as long as that lives */
export function onceEach<K extends object, V>(make: (thing: K) => V): (thing: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (thing) => {
    const found = known.get(thing);
    if (found !== undefined) return found.value;
    const value = make(thing);
    known.set(thing, { value });
    return value;
  };
}

/**
 * Remembers who signed a CRL or a response, for each issuer that it was asked with: a file has hundreds of certificates of one issuer. Made
 * anew where the candidates are others than before.
 */
export function oncePerIssuer<K extends object, V>(): (
  thing: K,
  issuer: Certificate,
  candidates: readonly Certificate[],
  make: () => V,
) => V {
  type Found = { readonly candidates: readonly Certificate[]; readonly value: V };
  const ofThing = onceEach((_: K) => new WeakMap<Certificate, Found>());
  return (thing, issuer, candidates, make) => {
    const known = ofThing(thing);
    const found = known.get(issuer);
    if (found !== undefined && isSameList(found.candidates, candidates)) return found.value;
    const value = make();
    known.set(issuer, { candidates, value });
    return value;
  };
}

function isSameList(a: readonly Certificate[], b: readonly Certificate[]): boolean {
  return a === b || (a.length === b.length && a.every((one, index) => one === b[index]));
}
