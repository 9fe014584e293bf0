import type { ExportFormat, ExportScreen } from "./export-format.ts";

/** What is to be written to a file: a list exactly as it is shown, or the rows that were ticked in it. */
export interface ExportRequest {
  screen: ExportScreen;
  format: ExportFormat;
  /** The query as typed. */
  query: string;
  /** The rows that were ticked one by one; null for all that the query matches. */
  ids: string[] | null;
  /** `created-desc`, as in an address. */
  sort: string;
  columns: string[];
}

export type ExportState = "queued" | "running" | "done" | "failed";

/** An export as the screen shows it. Instants are ISO 8601. */
export interface ListExport extends Omit<ExportRequest, "ids"> {
  id: string;
  /** How many rows were ticked; null for all that the query matches. */
  ticked: number | null;
  state: ExportState;
  /** Rows in the snapshot; null until they are counted. */
  total: number | null;
  written: number;
  bytes: number;
  error: string | null;
  actorName: string;
  createdAt: string;
  finishedAt: string | null;
  expiresAt: string;
  expired: boolean;
}

/** How long a file is kept after it was written. */
export const keepHours = 24;

/** How long an export is listed, so that it can be asked for again. */
export const listedDays = 7;

/** More ticked rows than this are a query. */
export const maxTicked = 10_000;

/** Exports of one shop that may wait or run at a time. */
export const maxOpen = 10;
