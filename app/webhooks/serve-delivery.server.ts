import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "../log.server.ts";
import { answerDelivery, type Door } from "./answer-delivery.server.ts";
import { readBody } from "./read-body.server.ts";

/**
 * Answers a POST at the webhook door without the frameworks in front of the route: they look the route up three times
 * and wrap request and answer, which takes more of the process than the door itself (docs/decisions/0020).
 */
export async function serveDelivery(
  door: Door,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
  try {
    const { status, sentence } = await answerDelivery(door, headers, () =>
      readBody(request, headers["content-length"]),
    );
    if (sentence === null) response.writeHead(status, { "Content-Length": "0" }).end();
    else response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(sentence);
  } catch (error) {
    // The sender has gone in the middle of its body, and nobody is left to answer.
    if (request.destroyed && !request.complete) return;
    log.error({ error }, "a delivery was not answered");
    if (!response.headersSent) response.writeHead(500).end();
  }
}
