import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { type EditableField, editableFields, type OrderId } from "./order.ts";

/** Who changed a field last, and when. */
export interface FieldChange {
  by: string;
  /** ISO 8601. */
  at: string;
}

export type FieldChanges = Partial<Record<EditableField, FieldChange>>;

/** The last change of each editable field, for the form to say whose values it meets. */
export function listLastFieldChanges(db: Db, shopId: ShopId, orderId: OrderId): Promise<FieldChanges> {
  return withShop(db, shopId, async (tx) => {
    const rows = await tx.sql<{ field: EditableField; by: string; at: Date }[]>`
      select distinct on (field) field, actor_name as by, created_at as at
      from order_events, jsonb_object_keys(changes) field
      where shop_id = ${shopId} and order_id = ${orderId} and field = any(${[...editableFields]}::text[])
      order by field, version desc`;
    return Object.fromEntries(
      rows.map(({ field, by, at }) => [field, { by, at: new Date(at).toISOString() }]),
    );
  });
}
