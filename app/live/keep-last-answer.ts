import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { NoConnection } from "../ui/no-connection.ts";
import { beginLoaderRead } from "./screen-reads.ts";

/**
 * The client loader of a screen that live updates read again and again. When one of those reads fails because the
 * server or its database is away for a moment, or because the session or the installation is over, the screen keeps
 * what it shows; without this Remix would put the error page in its place, and a form on it would be gone.
 * @param screenOf names the answer that an address gets: a last answer stands in only for one of the same name
 */
export function keepLastAnswer(screenOf: (address: URL) => string = ({ pathname }) => pathname) {
  let last: { screen: string; answer: unknown } | null = null;

  async function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs): Promise<unknown> {
    const screen = screenOf(new URL(request.url));
    const endRead = beginLoaderRead();
    let answered = true;
    try {
      const answer = await serverLoader();
      last = { screen, answer };
      return answer;
    } catch (error) {
      // A redirect or a 404 is an answer too.
      answered = error instanceof Response && !isAway(error);
      if (!isAway(error) && !isTurnedAway(error)) throw error;
      if (last?.screen === screen) return last.answer;
      throw error instanceof Response ? error : new NoConnection();
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

/** The session or the installation is over. Reading again would not help. */
const isTurnedAway = (error: unknown) =>
  error instanceof Response && (error.status === 401 || error.status === 403);
