/** No carrier's address is longer, and no page should have to hold one that is. */
const maxLength = 2_000;

/**
 * A carrier's tracking page as Shopify gives it, if it is safe to link to.
 * @returns the address as https without a login in it; null for anything else
 */
export function safeTrackingUrl(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isSafe = url.protocol === "https:" && url.username === "" && url.password === "";
  return isSafe && url.href.length <= maxLength ? url.href : null;
}
