import type { SearchAddress } from "../search/list-address.ts";
import { atTop } from "../ui/at-top.ts";
import { ButtonLink } from "../ui/button.tsx";
import type { ListKind, ListPage, ListRow } from "./list-kind.ts";

export interface ListPaginationProps<Row extends ListRow, Sort extends string, Column extends string> {
  kind: ListKind<Row, Sort, Column>;
  address: SearchAddress<Sort, Column>;
  page: Pick<ListPage<Row>, "before" | "after">;
}

/** The ways to the neighbouring pages. A list of one page has none. */
export function ListPagination<Row extends ListRow, Sort extends string, Column extends string>({
  kind,
  address,
  page: { before, after },
}: ListPaginationProps<Row, Sort, Column>) {
  if (!before && !after) return null;
  const to = (edge: Partial<ListPage<Row>>) =>
    kind.path + kind.listSearch({ ...address, at: null, before: null, after: null, ...edge });
  const newestFirst = kind.ages?.includes(address.sort) && address.direction === "desc";
  return (
    <nav aria-label="Pages" className="flex justify-center gap-2">
      {before && (
        <ButtonLink to={to({ before })} state={atTop} rel="prev">
          ← {newestFirst ? "Newer" : "Previous"}
        </ButtonLink>
      )}
      {after && (
        <ButtonLink to={to({ after })} state={atTop} rel="next">
          {newestFirst ? "Older" : "Next"} →
        </ButtonLink>
      )}
    </nav>
  );
}
