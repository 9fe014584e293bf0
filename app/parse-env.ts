import { z } from "zod";

/** An address of PostgreSQL, as every process of the app needs one. */
export const databaseUrlSchema = z
  .string()
  .url()
  .refine((value) => /^postgres(ql)?:$/.test(new URL(value).protocol), "must be a postgres:// address");

/**
 * Parses an environment.
 * @param source variable names to values; an empty string counts as missing, as in an `.env` file
 * @throws Error whose message is one sentence per bad variable
 */
export function parseVariables<Schema extends z.ZodTypeAny>(
  schema: Schema,
  source: Record<string, string | undefined>,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return given[name] === undefined
      ? `The environment variable ${name} is missing; .env.example says what it is for.`
      : `The environment variable ${name} is wrong: ${issue.message}; .env.example says what it is for.`;
  });
  throw new Error([...new Set(sentences)].join("\n"));
}

/** The same for a process that cannot go on without: it says what is wrong and ends. */
export function parseVariablesOrExit<Schema extends z.ZodTypeAny>(
  schema: Schema,
  source: Record<string, string | undefined>,
): z.output<Schema> {
  try {
    return parseVariables(schema, source);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}
