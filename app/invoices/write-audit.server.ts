import { stringify } from "csv-stringify/sync";
import { harmlessCell } from "../exports/harmless-cell.ts";
import type { NumberAudit } from "./audit-numbers.server.ts";
import { kindLabels } from "./document-row.ts";

/**
 * The report as CSV: a row for each series, then one for each finding. A report without findings says so in a row of
 * its own, so that an empty end is no cut-off file.
 */
export function writeAudit({ series, findings, auditedAt }: NumberAudit): string {
  const rows = [
    ["Row", "Kind", "Year", "First number", "Last number", "Count", "Problem", "Detail", "Checked at"],
    ...series.map(({ kind, year, firstNumber, lastNumber, count }) => [
      "series",
      kindLabels[kind],
      year ?? "",
      firstNumber ?? "",
      lastNumber ?? "",
      count,
      "",
      "",
      auditedAt,
    ]),
    ...findings.map(({ kind, year, number, problem, detail }) => [
      "finding",
      kindLabels[kind],
      year ?? "",
      number ?? "",
      "",
      "",
      problem,
      detail,
      auditedAt,
    ]),
  ];
  if (findings.length === 0)
    rows.push([
      "finding",
      "",
      "",
      "",
      "",
      "",
      "none",
      "No number is missing, double or out of order.",
      auditedAt,
    ]);
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === "string" ? harmlessCell(cell) : cell))),
    { bom: true, record_delimiter: "\r\n" },
  );
}
