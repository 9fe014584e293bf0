const shortestMs = 500;
const longestMs = 15_000;

/**
 * How long to wait before trying again. Anything between the floor and a ceiling that doubles, so that the screens
 * of a restarted server do not come back all at the same moment.
 * @param failures tries in a row that failed before this one
 */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestMs, 2 * shortestMs * 2 ** failures);
  return shortestMs + random() * (ceiling - shortestMs);
}
