import { atTop } from "../ui/at-top.ts";
import { ButtonLink } from "../ui/button.tsx";
import type { ListCursor } from "./list-cursor.ts";
import { type ListView, listSearch } from "./list-view.ts";

/** The ways to the neighbouring pages. A list of one page has none. */
export function ListPagination({
  view,
  newer,
  older,
}: {
  view: ListView;
  newer: ListCursor | null;
  older: ListCursor | null;
}) {
  if (!newer && !older) return null;
  return (
    <nav aria-label="Pages" className="flex justify-center gap-2 border-t border-line bg-surface-subtle p-2">
      {newer && (
        <ButtonLink to={`/app/orders${listSearch(view, { newerThan: newer })}`} state={atTop} rel="prev">
          ← Newer
        </ButtonLink>
      )}
      {older && (
        <ButtonLink to={`/app/orders${listSearch(view, { olderThan: older })}`} state={atTop} rel="next">
          Older →
        </ButtonLink>
      )}
    </nav>
  );
}
