import type { Tx } from "../db.server.ts";
import { customerLabel } from "../orders/customer-label.ts";
import { type OrderStatus, statusLabels } from "../orders/order.ts";
import type { ShopId } from "../shops/shop.ts";
import { applyOrderChange } from "./apply-order-change.server.ts";
import { chosenChangeSchema, type chosenKinds, undecided } from "./bulk-action.ts";
import type { BulkKind, BulkKinds, SubjectName } from "./bulk-kind.ts";
import { countItems, orderWords } from "./bulk-words.ts";
import { foreseeOrderChange, previewOrderChange } from "./foresee-order-change.server.ts";

/** The names of orders, as an item of every kind about orders shows them. */
export async function nameOrders(tx: Tx, shopId: ShopId, ids: string[]): Promise<Map<string, SubjectName>> {
  const rows = await tx.sql<
    { id: string; name: string; customerName: string | null; email: string | null }[]
  >`
    select id, name, customer_name as "customerName", email from orders
    where shop_id = ${shopId} and id = any(${ids}::uuid[]) and deleted_at is null`;
  return new Map(
    rows.map(({ id, name, ...who }) => [id, { name, detail: customerLabel(who), path: `/app/orders/${id}` }]),
  );
}

const orderChange = {
  button: null,
  undo: "undo",
  name: nameOrders,
  preview: previewOrderChange,
  foresee: foreseeOrderChange,
  applyChunk: applyOrderChange,
} satisfies Partial<BulkKind>;

/** A kind that is chosen on the draft's page. */
const chosen = (kind: (typeof chosenKinds)[number], describe: BulkKind["describe"]): BulkKind => ({
  ...orderChange,
  parse: (form) => {
    const { kind: _, ...input } = chosenChangeSchema.parse({ ...Object(form), kind });
    return input;
  },
  describe,
});

const describeUndecided: BulkKind["describe"] = (_, total) =>
  total === null ? "Change orders" : `Change ${countItems(orderWords, total)}`;

/** The kinds that change fields of orders. */
export const orderKinds: BulkKinds = {
  [undecided]: { ...orderChange, parse: null, describe: describeUndecided },
  set_status: chosen(
    "set_status",
    ({ status }) => `Set status to ${statusLabels[status as OrderStatus] ?? String(status)}`,
  ),
  add_tag: chosen("add_tag", ({ tag }) => `Add the tag “${tag}”`),
  remove_tag: chosen("remove_tag", ({ tag }) => `Remove the tag “${tag}”`),
  set_tracking: { ...orderChange, parse: null, describe: () => "Set tracking numbers" },
  undo: { ...orderChange, parse: null, describe: () => "Undo a bulk action" },
};
