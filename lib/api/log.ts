/** One request, one line. Never a path, a query, a header or a body: they can carry tokens and names (R62). */
export type LogLine = {
  readonly level: "info" | "warn" | "error";
  readonly requestId: string;
  /** Route id, not the path. */
  readonly route: string;
  readonly status: number;
  readonly code?: string;
  readonly milliseconds: number;
  /** What lies under an outage or a failure; only its kind and stack are written. */
  readonly cause?: unknown;
};

export function logLevel(status: number): LogLine["level"] {
  if (status >= 500) return "error";
  return status >= 400 ? "warn" : "info";
}

/** The line as JSON. Of a cause only name, code and stack frames: messages of libraries can quote their input. */
export function formatLog({ cause, ...line }: LogLine, time: number): string {
  return JSON.stringify({ time: new Date(time).toISOString(), ...line, ...describe(cause) });
}

/** Deep chains of causes tell nothing more and could be endless. */
const MAX_CAUSES = 4;

function describe(cause: unknown): { causes?: readonly unknown[] } {
  const causes: unknown[] = [];
  for (let at = cause; at instanceof Error && causes.length < MAX_CAUSES; at = at.cause) {
    const frames = (at.stack ?? "").split("\n").filter((frame) => /^\s+at /.test(frame));
    causes.push({ name: at.name, code: (at as { code?: unknown }).code, stack: frames.map((frame) => frame.trim()) });
  }
  return causes.length === 0 ? {} : { causes };
}
