/** The kinds of file, those of lists in the order in which they are offered. */
export const exportFormats = {
  csv: { label: "CSV", hint: "for any spreadsheet", contentType: "text/csv; charset=utf-8" },
  xlsx: {
    label: "Excel",
    hint: "XLSX, with real numbers and dates",
    contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  },
  jsonl: { label: "JSON Lines", hint: "for programs, loses nothing", contentType: "application/x-ndjson" },
  pdf: { label: "PDF", hint: "one file to print", contentType: "application/pdf" },
  zip: { label: "ZIP", hint: "a file each, with their hashes", contentType: "application/zip" },
} as const;

export type ExportFormat = keyof typeof exportFormats;

/** The formats of a list. */
export const exportFormatNames = ["csv", "xlsx", "jsonl"] as const satisfies ExportFormat[];
export type ListFormat = (typeof exportFormatNames)[number];

/** The lists that can be written to a file. */
export const exportScreens = ["orders", "customers", "invoices"] as const;
export type ListScreen = (typeof exportScreens)[number];

/** What is written to a file and is no list of rows. */
export type FileScreen = "documents" | "accounting";

export type ExportScreen = ListScreen | FileScreen;

export const isListScreen = (screen: ExportScreen): screen is ListScreen =>
  exportScreens.some((one) => one === screen);
