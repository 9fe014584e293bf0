import { type Db, type Tx, withShop } from "../db.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import type { ViewScreen } from "./list-screen.ts";
import type { SavedView } from "./view.ts";

/** Views belong to people, who are known by their Shopify id. */
export function personId({ kind, id }: Actor): string {
  if (kind !== "merchant" || id === null) throw new Error("only a person has views");
  return id;
}

export interface PersonalViews {
  /** The team's and the person's own, each in their order. */
  views: SavedView[];
  /** What the person's list opens with: a saved view's id, a built-in one's name, or null for the usual one. */
  defaultView: string | null;
}

/** The saved views that a person sees on a screen. */
export function listSavedViews(
  db: Db,
  shopId: ShopId,
  actor: Actor,
  screen: ViewScreen,
): Promise<PersonalViews> {
  const person = personId(actor);
  return withShop(db, shopId, async (tx) => {
    const [views, [chosen]] = await Promise.all([
      tx.sql<SavedView[]>`
        select ${viewColumns(tx)} from saved_views
        where shop_id = ${shopId} and screen = ${screen} and ${isVisible(tx, person)} and deleted_at is null
        order by owner_id is not null, position, id`,
      tx.sql<{ view: string }[]>`
        select view from default_views
        where shop_id = ${shopId} and shopify_user_id = ${person} and screen = ${screen}`,
    ]);
    return { views: [...views], defaultView: chosen?.view ?? null };
  });
}

export const viewColumns = ({ sql }: Tx) =>
  sql`id, name, owner_id is null as team, query, sort, columns, version`;

/** The team's views and the person's own: the only ones that exist for them. */
export const isVisible = ({ sql }: Tx, person: string) => sql`(owner_id is null or owner_id = ${person})`;
