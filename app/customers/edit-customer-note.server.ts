import { type Db, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { ShopId } from "../shops/shop.ts";
import type { CustomerId } from "./customer.ts";

export interface EditCustomerNote {
  shopId: ShopId;
  customerId: CustomerId;
  /** The version the form was opened at, or the one whose note its writer has seen and decided to replace. */
  openedVersion: number;
  /** The note the form was opened with: without a change to it there is nothing to save. */
  openedNote: string | null;
  note: string | null;
}

export type NoteOutcome =
  | { outcome: "saved"; version: number }
  | { outcome: "unchanged"; version: number }
  /** Somebody else changed the note meanwhile; nothing is written. */
  | { outcome: "conflict"; version: number; theirs: string | null }
  /** The customer's personal data was erased, and a note could bring it back. */
  | { outcome: "erased" }
  | { outcome: "not_found" };

interface LockedCustomer {
  version: number;
  note: string | null;
  erased: boolean;
}

/**
 * Saves a note if the customer is still the version that its writer saw (domain rule 4). There is one field, so
 * a newer version is a conflict unless both say the same.
 */
export async function editCustomerNote(db: Db, edit: EditCustomerNote): Promise<NoteOutcome> {
  const { shopId, customerId, note } = edit;
  const { outcome, change } = await withShop(db, shopId, async (tx) => {
    const [current] = await tx.sql<LockedCustomer[]>`
      select version, note, erased_at is not null as erased from customers
      where shop_id = ${shopId} and id = ${customerId} for update`;
    const decided = decide(edit, current);
    if (decided.outcome !== "saved") return { outcome: decided, change: null };
    await tx.sql`
      update customers set note = ${note}, version = ${decided.version}, updated_at = now()
      where shop_id = ${shopId} and id = ${customerId}`;
    return { outcome: decided, change: await countChange(tx, shopId) };
  });
  // No order has changed, and a hint without orders would say nothing: the screens are asked to read again.
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return outcome;
}

function decide(
  { openedVersion, openedNote, note }: EditCustomerNote,
  current: LockedCustomer | undefined,
): NoteOutcome {
  if (!current) return { outcome: "not_found" };
  if (current.erased) return { outcome: "erased" };
  const { version } = current;
  if (note === current.note || (version !== openedVersion && note === openedNote))
    return { outcome: "unchanged", version };
  if (version !== openedVersion) return { outcome: "conflict", version, theirs: current.note };
  return { outcome: "saved", version: version + 1 };
}
