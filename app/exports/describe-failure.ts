import { ExportRefused } from "./export-refused.ts";

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? "");

/** The database has no room left. Waiting for it as for a database that is away would fill it again and again. */
export const isDiskFull = (error: unknown): boolean => codeOf(error) === "53100";

/** Why an export failed, in a sentence for the person who asked for it. */
export function describeFailure(error: unknown): string {
  if (error instanceof ExportRefused) return error.message;
  if (isDiskFull(error))
    return "The database has no room left for the file. Once there is some, export the list again.";
  if (codeOf(error) === "57014")
    return "Reading the list took too long. Narrow the search and export it again.";
  return "The file could not be written. Export the list again; if that fails too, ask for help.";
}
