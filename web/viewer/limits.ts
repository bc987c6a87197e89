/** What a document may cost the device that shows it. A file from a stranger is shown before anybody knows whether it means well. */
export type Limits = {
  /** Pages that are listed. Each is an element with a watcher; nobody reads more on a screen before signing. */
  readonly pages: number;
  /** Milliseconds to open a file: a phone needs two seconds for a large one. */
  readonly openMs: number;
  /** Milliseconds for a page, its letters or its picture: behind them the engine is stopped and begun anew. */
  readonly pageMs: number;
  /** Pixels of a page's canvas: 32 MB. An A4 page has 280 of them an inch; larger zooms are stretched. */
  readonly canvasPixels: number;
  /** Pixels of a canvas's longer side; old phones have no larger ones. */
  readonly canvasSide: number;
  /** Pixels of an image within a page, 256 MB once it is unpacked; a larger one is left out. A4 at 600 dpi has 35 million. */
  readonly imagePixels: number;
  /** Octets of an image that is kept; a larger one is kept smaller. */
  readonly imageOctets: number;
  /** Runs of letters of a page that are laid over its picture or read. A dense page has 3,000. */
  readonly textItems: number;
  /** How often an engine that had to be stopped is begun anew, for one document. */
  readonly restarts: number;
};

export const LIMITS: Limits = {
  pages: 3000,
  openMs: 20_000,
  pageMs: 15_000,
  canvasPixels: 8_000_000,
  canvasSide: 8192,
  imagePixels: 64_000_000,
  imageOctets: 64 * 1024 * 1024,
  textItems: 10_000,
  restarts: 3,
};
