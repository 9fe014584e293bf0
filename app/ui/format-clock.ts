import { formatInstant } from "./format-instant.ts";

/** The hour and minute of an instant on a shop's clock: `14:03`. */
export const formatClock = (at: string, timeZone: string) => formatInstant(at, timeZone).short.slice(-5);
