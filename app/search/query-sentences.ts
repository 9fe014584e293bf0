/** Longer values are cut where a sentence repeats them. */
const maxShown = 40;

/** A typed text inside a sentence. */
export function inQuotes(text: string): string {
  const shown = text.length > maxShown ? `${text.slice(0, maxShown).toWellFormed()}…` : text;
  return `“${shown}”`;
}

/** "a, b or c" */
export function joinWithOr(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
