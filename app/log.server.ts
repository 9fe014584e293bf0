import { pino } from "pino";
import { logContext } from "./log-context.server.ts";

/**
 * The one logger: JSON lines on standard output. The process entry sets its level from the environment.
 * Lines carry ids and reasons; never tokens, bodies, names or addresses.
 */
export const log = pino({
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { error: describeError },
  // A copy: pino writes a line's own fields into what it is given, and the next line would carry them too.
  mixin: () => ({ ...logContext() }),
});

/**
 * What a log line says of an error. A driver's error carries the statement's parameters and Shopify's token
 * errors quote the token, so only the type, the code and the place are kept, and the message where it is safe.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  const fromShopify = /^(InvalidJwt|Graphql|Http)/.test(error.constructor.name);
  return {
    type: error.constructor.name,
    code,
    message: fromShopify ? undefined : error.message.slice(0, 300),
    at: error.stack
      ?.split("\n")
      .slice(1, 6)
      .map((line) => line.trim()),
  };
}
