import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { ActionFunctionArgs } from "@remix-run/node";
import { webProcess } from "../web-process.server.ts";
import { answerDelivery } from "../webhooks/answer-delivery.server.ts";
import { readBody } from "../webhooks/read-body.server.ts";

/** The webhook door, for what app/server.ts has not answered already on the short way. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  if (request.method !== "POST") return loader();
  const headers = Object.fromEntries(request.headers);
  const { status, sentence } = await answerDelivery(webProcess(), headers, () =>
    readBody(
      request.body ? Readable.fromWeb(request.body as NodeReadableStream) : Readable.from([]),
      headers["content-length"],
    ),
  );
  return answer(status, sentence);
}

export function loader(): Response {
  return answer(405, "Only POST.", { Allow: "POST" });
}

function answer(status: number, sentence: string | null, headers: Record<string, string> = {}): Response {
  if (sentence === null) return new Response(null, { status });
  return new Response(sentence, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", ...headers },
  });
}
