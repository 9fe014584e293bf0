import { createServer, type Server } from "node:http";
import type { Db } from "../db.server.ts";
import { answerAlive, answerMetrics, answerReady } from "./answer-operator.server.ts";
import type { ReadinessOptions } from "./readiness.server.ts";

/** The worker's only door: it serves no screens, but an orchestrator and Prometheus must be able to ask it. */
export function openOperationsServer(
  db: Db,
  {
    port,
    host,
    token,
    readiness,
  }: { port: number; host: string; token: string | null; readiness: () => ReadinessOptions },
): Server {
  const answer = async (path: string, request: Request) => {
    switch (path) {
      case "/healthz":
        return answerAlive();
      case "/readyz":
        return answerReady(db, readiness());
      case "/metrics":
        return answerMetrics(request, db, token);
      default:
        return new Response("Not found\n", { status: 404 });
    }
  };
  const server = createServer(async (incoming, outgoing) => {
    // Not read as an address: not all that may stand there is one, and what throws here ends the worker.
    const [path = ""] = (incoming.url ?? "").split("?", 1);
    const { authorization } = incoming.headers;
    const request = new Request("http://operations/", {
      headers: authorization ? { Authorization: authorization } : {},
    });
    const response = await answer(path, request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  return server.listen(port, host);
}
