import { resolve } from "node:path";

export type Settings = {
  /** Everything that the embedded service keeps; deleting it is starting anew. */
  readonly data: string;
  readonly port: number;
  readonly providerPort: number;
};

/** Where `npm start` listens, and the embedded identity provider beside it. */
const PORT = 8787;
const PROVIDER_PORT = 8788;

/** @throws RangeError a port that is none */
export function settings(variables: Readonly<Record<string, string | undefined>>): Settings {
  return {
    data: resolve(variables.MOTLAN_DATA || ".motlan"),
    port: port(variables.MOTLAN_PORT, PORT),
    providerPort: port(variables.MOTLAN_PROVIDER_PORT, PROVIDER_PORT),
  };
}

function port(text: string | undefined, usual: number): number {
  if (!text) return usual;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) throw new RangeError(`${text} is not a port`);
  return value;
}
