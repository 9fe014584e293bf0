import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type postgres from "postgres";

export type CopyValue = string | number | boolean | null | readonly string[] | object;

/** Rows as COPY's text format has them. Objects become JSON, lists of texts become arrays. */
export function copyText(rows: readonly (readonly CopyValue[])[]): string {
  let text = "";
  for (const row of rows) text += `${row.map(copyValue).join("\t")}\n`;
  return text;
}

function copyValue(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escapeText(value);
  if (Array.isArray(value)) return escapeText(`{${value.map(quoteElement).join(",")}}`);
  return typeof value === "object" ? escapeText(JSON.stringify(value)) : String(value);
}

const quoteElement = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;

const special = /[\\\t\n\r]/;
const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escapeText(text: string): string {
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, (one) => escapes[one] ?? one) : text;
}

/** Sends rows into a table by COPY; the stream's back-pressure holds the sender to the server's pace. */
export async function copyRows(
  sql: postgres.TransactionSql,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly CopyValue[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const target = await sql.unsafe(`copy ${table} (${columns.join(", ")}) from stdin`).writable();
  const batches = Array.from({ length: Math.ceil(rows.length / batchRows) }, (_, index) =>
    rows.slice(index * batchRows, (index + 1) * batchRows),
  );
  await pipeline(Readable.from(batches.map(copyText)), target);
}

const batchRows = 500;
