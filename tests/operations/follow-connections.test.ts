import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { followConnections } from "../../app/follow-connections.ts";

let server: Server;
afterEach(() => server.closeAllConnections());

const bytes = 32 * 1024 * 1024;

async function open(): Promise<{
  connections: ReturnType<typeof followConnections>;
  dial(): Promise<Socket>;
}> {
  server = createServer((_request, response) => response.end(Buffer.alloc(bytes)));
  const connections = followConnections(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const dial = () =>
    new Promise<Socket>((resolve) => {
      const accepted = new Promise((heard) => server.once("connection", heard));
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () =>
        accepted.then(() => resolve(socket)),
      );
    });
  return { connections, dial };
}

test("a slow reader gets the whole of an answer that had ended before the connections were closed, and then the end", async () => {
  const { connections, dial } = await open();
  const socket = await dial();
  const ended = new Promise((resolve) => server.once("request", resolve));
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await ended;
  connections.closeIdle();
  let read = 0;
  for await (const chunk of socket) read += (chunk as Buffer).byteLength;
  expect(read).toBeGreaterThan(bytes);
});

test("a connection on which nothing was ever asked is closed", async () => {
  const { connections, dial } = await open();
  const socket = await dial();
  const closed = new Promise((resolve) => socket.resume().once("close", resolve));
  connections.closeIdle();
  await closed;
});
