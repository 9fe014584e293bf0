import { z } from "zod";
import { readTicked } from "../search/ticked-rows.ts";
import { exportFormatNames, exportScreens } from "./export-format.ts";
import { type ExportRequest, maxTicked } from "./list-export.ts";

/** More is no query that anybody typed; the search box reads less than this. */
const maxQueryLength = 1_000;

const formSchema = z.object({
  screen: z.enum(exportScreens).default("orders"),
  format: z.enum(exportFormatNames).default("csv"),
  q: z
    .string()
    .default("")
    .transform((q) => q.replaceAll("\0", " ").toWellFormed().slice(0, maxQueryLength).toWellFormed()),
  sort: z
    .string()
    .regex(/^[a-z_]{1,30}-(asc|desc)$/)
    .catch(""),
  columns: z
    .string()
    .default("")
    .transform((columns) =>
      columns
        .split(",")
        .filter((name) => /^[a-z_]{1,30}$/.test(name))
        .slice(0, 50),
    ),
  /** Every row that the query matches, whichever are ticked. */
  all: z.string().optional(),
});

const idsSchema = z.array(z.string().uuid());

export type ParsedExportForm = { request: ExportRequest } | { message: string };

/** Reads the form of a list: its query, or the rows that were ticked in it. */
export function parseExportForm(fields: FormData): ParsedExportForm {
  const form = formSchema.safeParse(Object.fromEntries(fields));
  const ticked = idsSchema.safeParse([...new Set(readTicked(fields))]);
  if (!form.success || !ticked.success)
    return { message: "That list cannot be exported. Reload its page and try again." };
  const { screen, format, q: query, sort, columns, all } = form.data;
  const ids = all || ticked.data.length === 0 ? null : ticked.data;
  if (ids && ids.length > maxTicked)
    return {
      message: `Up to ${maxTicked} rows can be ticked for a file. Export what a search finds instead.`,
    };
  return { request: { screen, format, query: ids ? "" : query, ids, sort, columns } };
}
