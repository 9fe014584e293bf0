import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Follows a server's connections, so that a process that stops can end those that nobody waits on.
 *
 * Node's own `closeIdleConnections` takes a response that was ended for one that was sent and cuts off what a slow reader
 * has not taken yet, and it keeps connections on which nothing was ever asked.
 */
export function followConnections(server: Server): { closeIdle(): void } {
  const idle = new Set<Socket>();
  let closing = false;
  server.on("connection", (socket) => {
    idle.add(socket);
    socket.once("close", () => idle.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    idle.delete(socket);
    response.once("close", () => {
      if (closing) socket.destroySoon();
      else if (!socket.destroyed) idle.add(socket);
    });
  });
  return {
    /** Ends the idle connections now, and each of the others after the answer it waits for. */
    closeIdle() {
      closing = true;
      for (const socket of idle) socket.destroySoon();
    },
  };
}
