/** The kinds of file, in the order in which they are offered. */
export const exportFormats = {
  csv: { label: "CSV", hint: "for any spreadsheet", contentType: "text/csv; charset=utf-8" },
  xlsx: {
    label: "Excel",
    hint: "XLSX, with real numbers and dates",
    contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  },
  jsonl: { label: "JSON Lines", hint: "for programs, loses nothing", contentType: "application/x-ndjson" },
} as const;

export type ExportFormat = keyof typeof exportFormats;

export const exportFormatNames = Object.keys(exportFormats) as [ExportFormat, ...ExportFormat[]];

/** The lists that can be written to a file. */
export const exportScreens = ["orders", "customers", "invoices"] as const;
export type ExportScreen = (typeof exportScreens)[number];
