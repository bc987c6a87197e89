/** The part of dynalite 4 that is used; the package brings no types. */
declare module "dynalite" {
  import type { Server } from "node:http";
  export default function dynalite(options: {
    /** Directory of the LevelDB. */
    readonly path: string;
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }): Server;
}
