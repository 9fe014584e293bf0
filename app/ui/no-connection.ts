/** A read that got no answer at all, and nothing older was there to show instead. */
export class NoConnection extends Error {
  override name = "NoConnection";
}

/**
 * Whether an error means that the network, and not the app, is at fault. A form that is posted offline throws a
 * bare TypeError.
 */
export const isNoConnection = (error: unknown): boolean =>
  error instanceof NoConnection ||
  (error instanceof TypeError && typeof navigator !== "undefined" && navigator.onLine === false);
