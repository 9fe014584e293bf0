import { createServer } from "node:net";

/** Finds a free TCP port: the wanted one when nothing listens there, else one the system picks. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) return wanted;
  return listenOnce(0);
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

function listenOnce(port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
