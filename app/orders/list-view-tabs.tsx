import { AppLink } from "../ui/app-link.tsx";
import { atTop } from "../ui/at-top.ts";
import { type ListView, listSearch, listViews, viewLabels } from "./list-view.ts";

/** The list's views, side by side as in the admin's own lists. */
export function ListViewTabs({ current }: { current: ListView }) {
  return (
    <nav aria-label="Views" className="overflow-x-auto border-b border-line p-1.5">
      <ul className="flex gap-1">
        {listViews.map((view) => (
          <li key={view}>
            <AppLink
              to={`/app/orders${listSearch(view)}`}
              state={atTop}
              aria-current={view === current ? "page" : undefined}
              className="block rounded-control px-3 py-1.5 text-small font-medium whitespace-nowrap text-ink-subtle hover:bg-surface-hover focus-visible:outline-offset-[-2px] aria-[current=page]:bg-neutral aria-[current=page]:text-ink"
            >
              {viewLabels[view]}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
