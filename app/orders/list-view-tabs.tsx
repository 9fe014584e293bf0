import { AppLink } from "../ui/app-link.tsx";
import { atTop } from "../ui/at-top.ts";
import { builtInViews } from "./built-in-views.ts";
import { type ListAddress, listSearch } from "./list-address.ts";

/** The lists to choose from. */
export function ListViewTabs({ address }: { address: ListAddress }) {
  return (
    <nav aria-label="Views" className="overflow-x-auto border-b border-line p-1.5">
      <ul className="flex gap-1">
        {builtInViews.map(({ key, label, q }) => (
          <li key={key}>
            <AppLink
              to={`/app/orders${listSearch({ q })}`}
              state={atTop}
              aria-current={q === address.q ? "page" : undefined}
              className="block rounded-control px-3 py-1.5 text-small font-medium whitespace-nowrap text-ink-subtle hover:bg-surface-hover focus-visible:outline-offset-[-2px] aria-[current=page]:bg-neutral aria-[current=page]:text-ink"
            >
              {label}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
