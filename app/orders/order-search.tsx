import { FilterChips } from "../search/filter-chips.tsx";
import type { ParsedQuery } from "../search/query.ts";
import { SearchBox } from "../search/search-box.tsx";
import { SearchHelp } from "../search/search-help.tsx";
import { type ListAddress, listParams } from "./list-address.ts";
import { loadOrderFieldValues } from "./load-field-values.ts";
import { orderVocabulary } from "./order-vocabulary.ts";

interface OrderSearchProps extends ParsedQuery {
  address: ListAddress;
  /** The shop's day, `yyyy-mm-dd`. */
  today: string;
}

/** The box that narrows the list down, and what it is narrowed down to. */
export function OrderSearch({ address, query, errors, today }: OrderSearchProps) {
  const search = {
    action: "/app/orders",
    // An address without anything would open the person's own view.
    params: listParams({ ...address, view: address.view ?? "all" }),
    text: address.q,
    vocabulary: orderVocabulary,
  };
  return (
    <div className="grid gap-2">
      <SearchBox
        {...search}
        errors={errors}
        today={today}
        loadValues={loadOrderFieldValues}
        label="Search orders"
        placeholder="Search orders"
      />
      <FilterChips {...search} query={query} />
      <SearchHelp vocabulary={orderVocabulary} />
    </div>
  );
}
