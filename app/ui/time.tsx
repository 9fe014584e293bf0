import { formatInstant } from "./format-instant.ts";
import { useAppData } from "./use-app-data.ts";

/** An instant on the shop's clock. */
export function Time({ at }: { at: string }) {
  const { short, full } = formatInstant(at, useAppData()?.shop.timeZone ?? "UTC");
  return (
    <time dateTime={at} title={full} className="whitespace-nowrap tabular-nums">
      {short}
    </time>
  );
}
