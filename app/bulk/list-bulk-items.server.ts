import { type Db, withShop } from "../db.server.ts";
import type { BulkActionSummary } from "./bulk-actions.server.ts";
import {
  type BulkItem,
  type BulkKinds,
  type ItemState,
  type ItemVerdict,
  requireKind,
  type ShopClock,
  type SubjectName,
} from "./bulk-kind.ts";
import { isDraft } from "./bulk-state.ts";

/** One item of an action as its page lists it: for a draft what would happen, afterwards what did. */
export interface BulkItemRow extends ItemVerdict {
  subjectId: string;
  /** Null for one that was deleted. */
  subject: SubjectName | null;
}

export interface BulkItemPage {
  items: BulkItemRow[];
  /** The position to go on after; null on the last page. */
  after: number | null;
}

const pageSize = 50;

/** An order that was deleted meanwhile counts as one that was not allowed to change, and is listed with them. */
const statesOf = (state: ItemState): ItemState[] => (state === "refused" ? ["refused", "gone"] : [state]);

/** Fifty items of an action, by position. */
export function listBulkItems(
  db: Db,
  kinds: BulkKinds,
  shop: ShopClock,
  action: Pick<BulkActionSummary, "id" | "kind" | "input" | "state">,
  { state, after }: { state: ItemState | null; after: number },
): Promise<BulkItemPage> {
  const kind = requireKind(kinds, action.kind);
  return withShop(db, shop.id, async (tx) => {
    const rows = await tx.sql<(ItemVerdict & BulkItem)[]>`
      select position, subject_id as "subjectId", opened_version as "openedVersion", input, state, reason, before, after
      from bulk_items
      where shop_id = ${shop.id} and bulk_action_id = ${action.id} and position > ${after}
        ${state ? tx.sql`and state = any(${statesOf(state)})` : tx.sql``}
      order by position limit ${pageSize + 1}`;
    const page = rows.slice(0, pageSize);
    const ids = page.map(({ subjectId }) => subjectId);
    const names = await kind.name(tx, shop.id, ids);
    const foreseen = isDraft(action.state) ? await kind.foresee(tx, shop, action, page) : page;
    const verdicts = new Map(foreseen.map((verdict) => [verdict.position, verdict]));
    return {
      items: page.map(({ subjectId, input: _, openedVersion: __, ...item }) => ({
        ...item,
        ...pickVerdict(verdicts.get(item.position) ?? item),
        subjectId,
        subject: names.get(subjectId) ?? null,
      })),
      after: rows.length > pageSize ? (page.at(-1)?.position ?? null) : null,
    };
  });
}

const pickVerdict = ({ position, state, reason, before, after }: ItemVerdict): ItemVerdict => ({
  position,
  state,
  reason,
  before,
  after,
});
