import { FilterChips } from "../search/filter-chips.tsx";
import type { ParsedQuery } from "../search/query.ts";
import { SearchBox } from "../search/search-box.tsx";
import { SearchHelp } from "../search/search-help.tsx";
import type { AnyAddress, ListScreen } from "./list-screen.ts";

interface ListSearchProps extends ParsedQuery {
  screen: ListScreen;
  address: AnyAddress;
  /** The shop's day, `yyyy-mm-dd`. */
  today: string;
  /** A query of two words or so that shows what can be asked. */
  example?: string;
  /** Fetches the values of an open keyword such as tag, for suggestions. */
  loadValues?: (field: string) => Promise<string[]>;
}

/** The box that narrows a list down, and what it is narrowed down to. */
export function ListSearch({
  screen: { screen, path, vocabulary, addresses },
  address,
  query,
  errors,
  today,
  example,
  loadValues,
}: ListSearchProps) {
  const search = {
    action: path,
    // An address without anything would open the person's own view.
    params: addresses.listParams({ ...address, view: address.view ?? "all" }),
    text: address.q,
    vocabulary,
  };
  const label = `Search ${screen}`;
  return (
    <div className="grid gap-2">
      <SearchBox
        {...search}
        errors={errors}
        today={today}
        loadValues={loadValues}
        label={label}
        placeholder={example ? `${label}, such as ${example}` : label}
      />
      <FilterChips {...search} query={query} />
      <SearchHelp vocabulary={vocabulary} />
    </div>
  );
}
