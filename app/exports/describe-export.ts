import type { ListExport } from "./list-export.ts";

const numbers = new Intl.NumberFormat("en");

export const formatNumber = (value: number): string => numbers.format(value);

const units = ["bytes", "KB", "MB", "GB"];

/** A size for people: `1 234 567` → `1.2 MB`. */
export function formatBytes(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1_000;
    unit += 1;
  }
  return `${size >= 10 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** What an export holds: `Orders matching “status:shipped”`. */
export function describeList({
  screen,
  ticked,
  query,
}: Pick<ListExport, "screen" | "ticked" | "query">): string {
  if (screen === "accounting") return `For the accountant, ${query.replace("..", " to ")}`;
  if (ticked !== null) return `${count(ticked, screen)} chosen by hand`;
  const name = screen.charAt(0).toUpperCase() + screen.slice(1);
  return query.trim() ? `${name} matching “${query.trim()}”` : `All ${screen}`;
}

export type Progress = Pick<
  ListExport,
  "screen" | "state" | "total" | "written" | "bytes" | "error" | "expired"
>;

/** How far an export is, or what became of it. */
export function describeProgress({ screen, state, total, written, bytes, error, expired }: Progress): string {
  if (state === "failed") return error ?? "The file could not be written.";
  if (state === "done" && expired)
    return "The file was kept for a day and is deleted. Export again for a new one.";
  if (state === "queued") return "Waits for its turn. It begins by itself.";
  if (state === "running") return `${formatNumber(written)} of ${count(total ?? 0, screen)} written.`;
  if (written === 0) return `There was nothing to write: no ${singular(screen)} matched.`;
  return `${count(written, screen)}, ${formatBytes(bytes)}.`;
}

const singular = (screen: string) => plural(screen).replace(/s$/, "");

const plural = (screen: string) => (screen === "accounting" ? "documents" : screen);

const count = (rows: number, screen: string) =>
  `${formatNumber(rows)} ${rows === 1 ? singular(screen) : plural(screen)}`;
