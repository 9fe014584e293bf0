import { atTop } from "../ui/at-top.ts";
import { ButtonLink } from "../ui/button.tsx";
import { type CustomerAddress, listSearch } from "./list-address.ts";
import type { CustomerPage } from "./list-customers.server.ts";

/** The ways to the neighbouring pages. A list of one page has none. */
export function CustomerPagination({
  address,
  before,
  after,
}: Pick<CustomerPage, "before" | "after"> & { address: CustomerAddress }) {
  if (!before && !after) return null;
  const page = { ...address, before: null, after: null };
  return (
    <nav
      aria-label="Pages"
      className="flex justify-center gap-2 rounded-b-card border-t border-line bg-surface-subtle p-2"
    >
      {before && (
        <ButtonLink to={`/app/customers${listSearch({ ...page, before })}`} state={atTop} rel="prev">
          ← Previous
        </ButtonLink>
      )}
      {after && (
        <ButtonLink to={`/app/customers${listSearch({ ...page, after })}`} state={atTop} rel="next">
          Next →
        </ButtonLink>
      )}
    </nav>
  );
}
