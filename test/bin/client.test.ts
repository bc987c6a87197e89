import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { client } from "../../bin/motlan/client.ts";

/** A server that answers as it is told to, one request after the other, and how often it was asked. */
async function serving(...answers: readonly RequestListener[]) {
  let asked = 0;
  const server = createServer((request, response) =>
    answers[Math.min(asked++, answers.length - 1)]?.(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    call: client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    asked: () => asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const hangsUp: RequestListener = (request) => void request.socket.destroy();
const answers: RequestListener = (_, response) => void response.end('{"state":"pending"}');
const fails: RequestListener = (_, response) => void response.writeHead(500).end('{"code":"internal","detail":"x"}');

test("a connection that ends in the moment in which it is used is asked over again, once", async () => {
  const server = await serving(hangsUp, answers);
  expect(await server.call("POST", "/v1/transactions", { body: {} })).toEqual({ state: "pending" });
  expect(server.asked()).toBe(2);
  server.close();
});

test("a server that hangs up each time is unreachable after two tries", async () => {
  const server = await serving(hangsUp);
  await expect(server.call("GET", "/v1/service")).rejects.toMatchObject({ code: "server_unreachable" });
  expect(server.asked()).toBe(2);
  server.close();
});

test("an answer is an answer, a failure too: nothing is sent again", async () => {
  const server = await serving(fails);
  await expect(server.call("GET", "/v1/service")).rejects.toMatchObject({ code: "internal" });
  expect(server.asked()).toBe(1);
  server.close();
});
