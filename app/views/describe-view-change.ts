import type { SavedView } from "./view.ts";

/** What somebody saw of a view before it changed. */
export type SeenView = Pick<SavedView, "name" | "team" | "query" | "sort" | "columns">;

/** In sentences: what others made of a view since somebody saw it. */
export function describeViewChange(seen: SeenView, now: SeenView): string[] {
  const sentences: string[] = [];
  if (now.name !== seen.name) sentences.push(`It was renamed to “${now.name}”.`);
  if (now.query !== seen.query)
    sentences.push(now.query === "" ? "It has no filters any more." : `It filters by “${now.query}” now.`);
  if (now.sort !== seen.sort) sentences.push("It is sorted differently.");
  if (now.columns.join() !== seen.columns.join()) sentences.push("It shows other columns.");
  if (now.team !== seen.team)
    sentences.push(now.team ? "It is shared with the team now." : "It is private now.");
  return sentences.length > 0 ? sentences : ["It was changed and changed back."];
}

const remarks: Record<string, string> = {
  created: "View saved.",
  renamed: "View renamed.",
  updated: "View updated.",
  moved: "View moved.",
  default: "This list opens with this view now.",
  nodefault: "This list opens with all again.",
  shared: "View shared with the team.",
  private: "Only you see this view now.",
  deleted: "View deleted.",
  restored: "View restored.",
};

/**
 * The sentence for what a change of a view did, from the `saved` parameter of the address it led to: `view.renamed`,
 * or `view.deleted.orders.<id>`, which can be undone. @returns null for anything else
 */
export function describeSavedView(
  saved: string | null,
): { text: string; undo: { screen: string; viewId: string } | null } | null {
  const [kind, did = "", screen, viewId] = saved?.split(".") ?? [];
  if (kind !== "view" || !Object.hasOwn(remarks, did)) return null;
  return { text: remarks[did] ?? "", undo: screen && viewId ? { screen, viewId } : null };
}
