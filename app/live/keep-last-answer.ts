import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { beginLoaderRead } from "./screen-reads.ts";

/**
 * The client loader of a screen that live updates read again and again. When one of those reads fails because the
 * server or its database is away for a moment, the screen keeps what it shows; without this Remix would put the
 * error page in its place, and a form on it would be gone.
 */
export function keepLastAnswer() {
  let last: { url: string; answer: unknown } | null = null;

  async function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs): Promise<unknown> {
    const endRead = beginLoaderRead();
    let answered = true;
    try {
      const answer = await serverLoader();
      last = { url: request.url, answer };
      return answer;
    } catch (error) {
      // A redirect or a 404 is an answer too.
      answered = error instanceof Response && !isAway(error);
      if (!isAway(error) || last?.url !== request.url) throw error;
      return last.answer;
    } finally {
      endRead(answered);
    }
  }
  /** Run on hydration too, so that the answer the page came with is known. It costs no request. */
  clientLoader.hydrate = true;
  return clientLoader;
}

/** Silence and failures; not a read that a newer one has replaced. */
function isAway(error: unknown): boolean {
  if (error instanceof Response) return error.status >= 500;
  return error instanceof Error && error.name !== "AbortError";
}
