import { FilterChips } from "../search/filter-chips.tsx";
import type { ParsedQuery } from "../search/query.ts";
import { SearchBox } from "../search/search-box.tsx";
import { SearchHelp } from "../search/search-help.tsx";
import { documentVocabulary } from "./document-vocabulary.ts";
import { type DocumentAddress, listParams } from "./list-address.ts";
import { loadDocumentFieldValues } from "./load-field-values.ts";

interface InvoiceSearchProps extends ParsedQuery {
  address: DocumentAddress;
  /** The shop's day, `yyyy-mm-dd`. */
  today: string;
}

/** The box that narrows the list down, and what it is narrowed down to. */
export function InvoiceSearch({ address, query, errors, today }: InvoiceSearchProps) {
  const search = {
    action: "/app/invoices",
    // An address without anything would open the person's own view.
    params: listParams({ ...address, view: address.view ?? "all" }),
    text: address.q,
    vocabulary: documentVocabulary,
  };
  return (
    <div className="grid gap-2">
      <SearchBox
        {...search}
        errors={errors}
        today={today}
        loadValues={loadDocumentFieldValues}
        label="Search invoices"
        placeholder="Search invoices, such as anna or due:<today"
      />
      <FilterChips {...search} query={query} />
      <SearchHelp vocabulary={documentVocabulary} />
    </div>
  );
}
