import { type Db, type Tx, withShop } from "../db.server.ts";
import type { OrderId } from "../orders/order.ts";
import type { ShopId } from "../shops/shop.ts";
import {
  applyBulkChange,
  type BulkActionId,
  type BulkChange,
  type BulkField,
  type BulkKind,
  type BulkValues,
  bulkChangeOf,
  pickBulkFields,
} from "./bulk-action.ts";
import { type BulkItem, type BulkTarget, describeConflicts, readTargets } from "./bulk-targets.server.ts";
import type { TrackingProblem } from "./parse-tracking-lines.ts";

export interface BulkActionSummary {
  id: BulkActionId;
  kind: BulkKind;
  /** What is set, for kinds that set the same on every order. */
  input: { status?: string; tag?: string };
  query: string | null;
  undoOf: BulkActionId | null;
  state: "draft" | "queued" | "running" | "done";
  total: number;
  changed: number;
  unchanged: number;
  conflicts: number;
  refused: number;
  failed: number;
  actorName: string;
  createdAt: string;
  finishedAt: string | null;
}

const summaryColumns = (tx: Tx) => tx.sql`
  a.id, a.kind, a.input - 'problems' as input, a.query, a.undo_of as "undoOf", a.state, a.total, a.changed, a.unchanged,
  a.conflicts, a.refused, a.failed, a.actor_name as "actorName", to_json(a.created_at)#>>'{}' as "createdAt",
  to_json(a.finished_at)#>>'{}' as "finishedAt"`;

/** The newest bulk actions; drafts that nobody started leave the list after a day. */
export function listBulkActions(db: Db, shopId: ShopId): Promise<BulkActionSummary[]> {
  return withShop(
    db,
    shopId,
    (tx) => tx.sql<BulkActionSummary[]>`
      select ${summaryColumns(tx)} from bulk_actions a
      where a.shop_id = ${shopId} and (a.state <> 'draft' or a.created_at > now() - interval '1 day')
      order by a.created_at desc limit 50`,
  );
}

export interface BulkActionDetail extends BulkActionSummary {
  /** The action that took this one back. */
  undoneBy: BulkActionId | null;
  /** Pasted lines that became no item, and how many there are in all. */
  problems: TrackingProblem[];
  problemCount: number;
}

/** Pasted lines with a problem that the page lists. */
const problemsShown = 200;

/** @returns null for an unknown action, another shop's included */
export function findBulkAction(db: Db, shopId: ShopId, id: BulkActionId): Promise<BulkActionDetail | null> {
  return withShop(db, shopId, async (tx) => {
    const [row] = await tx.sql<BulkActionDetail[]>`
      select ${summaryColumns(tx)},
        (select u.id from bulk_actions u where u.shop_id = ${shopId} and u.undo_of = a.id and u.state <> 'draft'
         order by u.id limit 1) as "undoneBy",
        coalesce(jsonb_path_query_array(a.input->'problems', ${`$[0 to ${problemsShown - 1}]`}::jsonpath), '[]') as problems,
        coalesce(jsonb_array_length(a.input->'problems'), 0) as "problemCount"
      from bulk_actions a where a.shop_id = ${shopId} and a.id = ${id}`;
    return row ?? null;
  });
}

export const itemStates = ["open", "changed", "unchanged", "conflict", "refused", "gone", "failed"] as const;
export type ItemState = (typeof itemStates)[number];

/** One order of an action as its page lists it: for a draft what would happen, afterwards what did. */
export interface BulkItemRow {
  position: number;
  orderId: OrderId;
  /** Null for an order that was deleted. */
  name: string | null;
  customerName: string | null;
  email: string | null;
  state: ItemState;
  reason: string | null;
  before: Partial<BulkValues> | null;
  after: Partial<BulkValues> | null;
}

export interface BulkItemPage {
  items: BulkItemRow[];
  /** The position to go on after; null on the last page. */
  after: number | null;
}

const pageSize = 50;

/** An order that was deleted meanwhile counts as one that was not allowed to change, and is listed with them. */
const statesOf = (state: ItemState): ItemState[] => (state === "refused" ? ["refused", "gone"] : [state]);

type StoredRow = BulkItemRow & BulkItem;

/** Fifty orders of an action, by position. */
export function listBulkItems(
  db: Db,
  shop: { id: ShopId; timeZone: string },
  action: Pick<BulkActionSummary, "id" | "kind" | "input" | "state">,
  { state, after }: { state: ItemState | null; after: number },
): Promise<BulkItemPage> {
  return withShop(db, shop.id, async (tx) => {
    const rows = await tx.sql<StoredRow[]>`
      select i.position, i.order_id as "orderId", i.opened_version as "openedVersion", i.input, i.state, i.reason,
        i.before, i.after, o.name, o.customer_name as "customerName", o.email
      from bulk_items i
      left join orders o on o.shop_id = i.shop_id and o.id = i.order_id and o.deleted_at is null
      where i.shop_id = ${shop.id} and i.bulk_action_id = ${action.id} and i.position > ${after}
        ${state ? tx.sql`and i.state = any(${statesOf(state)})` : tx.sql``}
      order by i.position limit ${pageSize + 1}`;
    const page = rows.slice(0, pageSize);
    const items = action.state === "draft" ? await foresee(tx, shop, action, page) : page;
    return {
      items: items.map(({ input: _, openedVersion: __, ...item }) => item),
      after: rows.length > pageSize ? (page.at(-1)?.position ?? null) : null,
    };
  });
}

/** What would become of a draft's orders if it ran now. */
async function foresee(
  tx: Tx,
  shop: { id: ShopId; timeZone: string },
  action: Pick<BulkActionSummary, "kind" | "input">,
  rows: StoredRow[],
): Promise<StoredRow[]> {
  const targets = await readTargets(tx, shop.id, rows, { lock: false });
  return rows.map((row) => {
    const target = targets.get(row.orderId);
    const change = bulkChangeOf(action.kind, action.input, row.input);
    if (!target) return { ...row, state: "gone" };
    return change ? { ...row, ...foreseeOne(target, change, shop.timeZone) } : row;
  });
}

function foreseeOne(target: BulkTarget, change: BulkChange, timeZone: string): Partial<BulkItemRow> {
  const verdict = applyBulkChange(target.current, target.base, change);
  switch (verdict.outcome) {
    case "unchanged":
      return { state: "unchanged" };
    case "refused":
      return { state: "refused", reason: verdict.reason };
    case "conflict":
      return { state: "conflict", reason: describeConflicts(verdict.conflicts, target, timeZone) };
    case "changed":
      return { state: "changed", ...valuesOf(verdict.fields, target.current, verdict.next) };
  }
}

const valuesOf = (fields: BulkField[], before: BulkValues, after: BulkValues) => ({
  before: pickBulkFields(before, fields),
  after: pickBulkFields(after, fields),
});
