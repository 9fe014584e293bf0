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

/** Errors that quote what was read: Shopify's answer or token, a payload's JSON, a form's field. */
const quoting = /^(InvalidJwt|Graphql|Http|Syntax|Zod|\$Zod)/;

/**
 * What a log line says of an error. A driver's error carries the statement's parameters and Shopify's token
 * errors quote the token, so only the type, the code and the place are kept, and the first line of the message where it
 * is safe: PostgreSQL's errors of class 22 quote the value that they refuse.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const type = error.constructor.name;
  const code = (error as { code?: unknown }).code;
  const quotes = quoting.test(type) || /^22...$/.test(String(code));
  return {
    type,
    code,
    message: quotes ? undefined : error.message.split("\n", 1)[0]?.slice(0, 300),
    // The stack begins with the message, which may have lines of its own.
    at: error.stack
      ?.split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 5)
      .map((line) => line.trim()),
  };
}
