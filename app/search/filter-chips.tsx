import type { MouseEvent } from "react";
import { AppLink } from "../ui/app-link.tsx";
import { atTop } from "../ui/at-top.ts";
import { CrossMark } from "../ui/cross-mark.tsx";
import { describeTerm } from "./describe-term.ts";
import { withoutTerm } from "./format-query.ts";
import type { Query, SearchVocabulary } from "./query.ts";
import { searchBoxId } from "./search-box.tsx";
import { searchHref } from "./search-href.ts";

interface FilterChipsProps {
  /** The list's address without its query. */
  action: string;
  /** What else the address says, without the place in the list: another query starts at its first page. */
  params?: Record<string, string>;
  /** The text that `query` was parsed from. */
  text: string;
  query: Query;
  vocabulary: SearchVocabulary;
}

/** What the list is narrowed down to, in words. Each condition is a link to the list without it. */
export function FilterChips({ action, params = {}, text, query, vocabulary }: FilterChipsProps) {
  if (query.terms.length === 0) return null;
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
      {query.terms.map((term) => (
        <li key={term.start} className="min-w-0 max-w-full">
          <AppLink
            to={searchHref(action, params, withoutTerm(text, term))}
            state={atTop}
            onClick={keepFocus}
            className="flex min-h-7 items-center gap-1.5 rounded-control bg-neutral px-2.5 py-1 text-small font-medium text-on-neutral hover:underline"
          >
            <span className="sr-only">Remove filter: </span>
            <span className="truncate">{describeTerm(term, vocabulary)}</span>
            <CrossMark />
          </AppLink>
        </li>
      ))}
      {query.terms.length > 1 && (
        <li>
          <AppLink
            to={searchHref(action, params, "")}
            state={atTop}
            onClick={keepFocus}
            className="flex min-h-7 items-center rounded-control px-2 text-small font-medium text-link hover:underline"
          >
            Clear all
          </AppLink>
        </li>
      )}
    </ul>
  );
}

/** The chip goes away with the focus on it. A keyboard goes on from the box; a finger wants no keyboard to open. */
function keepFocus(event: MouseEvent) {
  if (event.detail === 0) document.getElementById(searchBoxId)?.focus();
}
