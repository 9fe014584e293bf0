import { createServer } from "node:net";

/** Below what Linux gives to connections that go out (32768 and up): one of those could take a port before its server does. */
const range = { first: 15_000, count: 15_000 };

/** Finds a free TCP port: the wanted one when nothing listens there, else any. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) return wanted;
  for (;;) {
    const port = range.first + Math.floor(Math.random() * range.count);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  try {
    // Both families: a server on 0.0.0.0 does not stop another from binding the same port on ::1.
    await listenOnce(port, "127.0.0.1");
    await listenOnce(port);
    return true;
  } catch {
    return false;
  }
}

function listenOnce(port: number, host?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host }, () => {
      server.close(() => resolve());
    });
  });
}
