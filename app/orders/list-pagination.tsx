import { atTop } from "../ui/at-top.ts";
import { ButtonLink } from "../ui/button.tsx";
import { type ListAddress, listSearch } from "./list-address.ts";
import type { OrderPage } from "./list-orders.server.ts";

/** The ways to the neighbouring pages. A list of one page has none. */
export function ListPagination({
  address,
  before,
  after,
}: Pick<OrderPage, "before" | "after"> & { address: ListAddress }) {
  if (!before && !after) return null;
  const page = { ...address, at: null, before: null, after: null };
  const byDate = address.sort === "created" || address.sort === "updated";
  const newestFirst = byDate && address.direction === "desc";
  return (
    <nav aria-label="Pages" className="flex justify-center gap-2">
      {before && (
        <ButtonLink to={`/app/orders${listSearch({ ...page, before })}`} state={atTop} rel="prev">
          ← {newestFirst ? "Newer" : "Previous"}
        </ButtonLink>
      )}
      {after && (
        <ButtonLink to={`/app/orders${listSearch({ ...page, after })}`} state={atTop} rel="next">
          {newestFirst ? "Older" : "Next"} →
        </ButtonLink>
      )}
    </nav>
  );
}
