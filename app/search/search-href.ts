/** The address of a list that shows what `text` finds, with the list's other parameters kept. */
export function searchHref(action: string, params: Record<string, string>, text: string): string {
  const search = new URLSearchParams(params);
  search.delete("q");
  if (text.trim() !== "") search.set("q", text.trim());
  return search.size > 0 ? `${action}?${search}` : action;
}
