import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One of the embedded endpoints, up and answering. */
export type Running = {
  /** Origin, without a slash at its end. */
  readonly url: string;
  /** Finishes what was begun, then lets go of port and files. Calling it twice is harmless. */
  close(): Promise<void>;
};

/** The only address that is listened on: nothing embedded is ever reachable from another machine. */
export const LOOPBACK = "127.0.0.1";

/** A client on the same machine sends its few kilobytes at once. */
const REQUEST_TIMEOUT = 10_000;
/**
 * An idle connection stays open this long, ms: longer than clients keep one. Where both give up after the same few seconds, a request is
 * sometimes sent into a connection that is just being closed, and nothing answers it.
 */
export const IDLE_TIMEOUT = 65_000;
/** Requests under way at shutdown get this long, ms. */
const GRACE = 2_000;

/** @param port 0 for a free one @returns the port */
export function listen(server: Server, port: number): Promise<number> {
  server.requestTimeout = REQUEST_TIMEOUT;
  server.headersTimeout = REQUEST_TIMEOUT;
  server.keepAliveTimeout = IDLE_TIMEOUT;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

export function stop(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
  });
}

/**
 * Reads a body with a cap, and never throws: a client that hangs up half-way is nobody's error.
 *
 * @param limit octets
 * @returns the octets; "too large"; or "gone" where the client did not finish
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | "too large" | "gone"> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on("data", (part: Buffer) => {
      length += part.length;
      if (length > limit) {
        request.pause();
        resolve("too large");
      } else parts.push(part);
    });
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", () => resolve("gone"));
    request.on("close", () => resolve("gone"));
  });
}
