import type { BulkActionId } from "../bulk/bulk-action.ts";
import { countItems, type DraftOutcome, draftOr, insertAction } from "../bulk/draft-bulk-action.server.ts";
import { type Db, withShop } from "../db.server.ts";
import { allOf, compileQuery } from "../search/compile-query.server.ts";
import type { Query } from "../search/query.ts";
import type { Actor, Shop } from "../shops/shop.ts";
import { documentSearchTable } from "./document-search-table.ts";

/** The documents of an action: ticked one by one, or all that a query matches. `q` is the query as people read it. */
export type DocumentSelection = { kind: "ids"; ids: string[] } | { kind: "query"; query: Query; q: string };

/**
 * Drafts a bulk action on documents. They are taken down at once, however many: nothing about them is merged, so a
 * draft needs no more than their ids.
 */
export function draftDocumentAction(
  db: Db,
  shop: Pick<Shop, "id" | "timeZone" | "currency">,
  { kind, selection, actor }: { kind: string; selection: DocumentSelection; actor: Actor },
): Promise<DraftOutcome> {
  return draftOr(
    withShop(db, shop.id, async (tx): Promise<BulkActionId> => {
      const query = selection.kind === "query" ? selection.q : null;
      const id = await insertAction(tx, shop.id, { kind, input: {}, query, actor, state: "draft" });
      // The plan must know the words that it is for.
      await tx.sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`;
      const chosen =
        selection.kind === "ids"
          ? tx.sql`select distinct unnest(${selection.ids}::uuid[]) as document_id`
          : tx.sql`select document_id from desk_documents
                   where ${allOf(tx, compileQuery(tx, documentSearchTable, selection.query, shop))}`;
      await tx.sql`
        insert into bulk_items (shop_id, bulk_action_id, position, subject_id, opened_version)
        select ${shop.id}::uuid, ${id}::uuid, row_number() over (order by d.issued_at desc, d.id desc), d.id, d.version
        from (${chosen}) as chosen cross join lateral (
          select d.id, d.issued_at, s.version from documents d
          join document_states s on s.shop_id = d.shop_id and s.document_id = d.id
          where d.shop_id = ${shop.id} and d.id = chosen.document_id offset 0) d`;
      await countItems(tx, shop.id, id);
      return id;
    }),
  );
}
