const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/**
 * An instant as a shop's clock shows it. Only numbers come from Intl: its words and spaces differ between the
 * server's ICU and the browser's, and the page would not hydrate.
 * @param at ISO 8601
 * @param timeZone IANA name
 */
export function formatInstant(at: string, timeZone: string): { short: string; full: string } {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  const day = `${Number(parts.day)} ${months[Number(parts.month) - 1]} ${parts.year}`;
  return {
    short: `${day}, ${parts.hour}:${parts.minute}`,
    full: `${day}, ${parts.hour}:${parts.minute}:${parts.second} (${timeZone})`,
  };
}
