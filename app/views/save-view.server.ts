import { v7 as uuidv7 } from "uuid";
import { type Db, type Tx, withShop } from "../db.server.ts";
import { countChange, notifyShop } from "../live/notify-shop.server.ts";
import type { Actor, ShopId } from "../shops/shop.ts";
import type { ViewScreen } from "./list-screen.ts";
import { isVisible, personId, viewColumns } from "./saved-views.server.ts";
import type { SavedView, ViewState } from "./view.ts";

/** More would not be found again in a row of tabs. */
const maxViews = 50;

export interface ViewOwner {
  shopId: ShopId;
  actor: Actor;
}

export interface CreateView extends ViewOwner {
  screen: ViewScreen;
  name: string;
  team: boolean;
  state: ViewState;
}

export type ViewOutcome =
  | { outcome: "saved"; view: SavedView }
  | { outcome: "refused"; reason: string }
  /** Somebody else changed the view meanwhile; nothing is written. */
  | { outcome: "conflict"; view: SavedView }
  | { outcome: "not_found" };

/** Keeps a list as a new view, last among those of its kind. */
export function createView(
  db: Db,
  { shopId, actor, screen, name, team, state }: CreateView,
): Promise<ViewOutcome> {
  const person = personId(actor);
  const owner = team ? null : person;
  return withViews(db, shopId, async (tx) => {
    const row = await readRow(tx, shopId, screen, owner);
    if (row.length >= maxViews) {
      return { outcome: "refused", reason: `There are ${maxViews} views already. Delete one first.` };
    }
    const [view] = await tx.sql<SavedView[]>`
      insert into saved_views (shop_id, id, screen, owner_id, name, query, sort, columns, position, created_by)
      values (${shopId}, ${uuidv7()}, ${screen}, ${owner}, ${name}, ${state.query}, ${state.sort},
        ${state.columns}::text[], ${endOf(row)}, ${actor.name})
      returning ${viewColumns(tx)}`;
    return view ? { outcome: "saved", view } : { outcome: "not_found" };
  });
}

export interface ChangeView extends ViewOwner {
  viewId: string;
  /** The version that was on the screen. */
  openedVersion: number;
  change: Partial<ViewState> & { name?: string; team?: boolean };
}

/** Renames a view, gives it what the list shows now, or changes who sees it. */
export function changeView(
  db: Db,
  { shopId, actor, viewId, openedVersion, change }: ChangeView,
): Promise<ViewOutcome> {
  const person = personId(actor);
  return withViews(db, shopId, async (tx) => {
    const current = await lockView(tx, shopId, person, viewId);
    if (!current || current.deleted) return { outcome: "not_found" };
    if (current.version !== openedVersion) return { outcome: "conflict", view: pickView(current) };
    const next = { ...current, ...change };
    const owner = next.team ? null : person;
    // It joins the end of the row it moves into.
    const position =
      next.team === current.team ? current.position : endOf(await readRow(tx, shopId, current.screen, owner));
    const [view] = await tx.sql<SavedView[]>`
      update saved_views set name = ${next.name}, query = ${next.query}, sort = ${next.sort},
        columns = ${next.columns}::text[], owner_id = ${owner}, position = ${position},
        version = version + 1, updated_at = now()
      where shop_id = ${shopId} and id = ${viewId} returning ${viewColumns(tx)}`;
    return view ? { outcome: "saved", view } : { outcome: "not_found" };
  });
}

/** Takes a view away so that it can be brought back. Whoever had it as a default gets the usual list. */
export const deleteView = (
  db: Db,
  { shopId, actor, viewId, openedVersion }: Omit<ChangeView, "change">,
): Promise<ViewOutcome> =>
  withViews(db, shopId, async (tx) => {
    const current = await lockView(tx, shopId, personId(actor), viewId);
    if (!current || current.deleted) return { outcome: "not_found" };
    if (current.version !== openedVersion) return { outcome: "conflict", view: pickView(current) };
    return setDeleted(tx, shopId, viewId, true);
  });

/** Brings a deleted view back to its place. */
export const restoreView = (
  db: Db,
  { shopId, actor, viewId }: ViewOwner & { viewId: string },
): Promise<ViewOutcome> =>
  withViews(db, shopId, async (tx) => {
    const current = await lockView(tx, shopId, personId(actor), viewId);
    if (!current) return { outcome: "not_found" };
    return current.deleted
      ? setDeleted(tx, shopId, viewId, false)
      : { outcome: "saved", view: pickView(current) };
  });

/**
 * Moves a view one place towards the start or the end of its row. The order is nothing that anybody could lose, so
 * it raises no version.
 */
export const moveView = (
  db: Db,
  { shopId, actor, viewId, by }: ViewOwner & { viewId: string; by: -1 | 1 },
): Promise<ViewOutcome> =>
  withViews(db, shopId, async (tx) => {
    const person = personId(actor);
    const current = await lockView(tx, shopId, person, viewId);
    if (!current || current.deleted) return { outcome: "not_found" };
    const group = await readRow(tx, shopId, current.screen, current.team ? null : person);
    const ids = group.map(({ id }) => id);
    const from = ids.indexOf(viewId);
    const to = Math.min(Math.max(from + by, 0), ids.length - 1);
    ids.splice(to, 0, ...ids.splice(from, 1));
    await tx.sql`
      update saved_views v set position = placed.place
      from unnest(${ids}::uuid[]) with ordinality as placed (id, place)
      where v.shop_id = ${shopId} and v.id = placed.id and v.position <> placed.place`;
    return { outcome: "saved", view: pickView(current) };
  });

/** Lets the person's list open with a view: a saved one's id or a built-in one's name; null for the usual list. */
export async function setDefaultView(
  db: Db,
  { shopId, actor, screen, view }: ViewOwner & { screen: ViewScreen; view: string | null },
): Promise<void> {
  const person = personId(actor);
  await withShop(db, shopId, async (tx) => {
    if (view === null) {
      await tx.sql`delete from default_views
                   where shop_id = ${shopId} and shopify_user_id = ${person} and screen = ${screen}`;
      return;
    }
    await tx.sql`
      insert into default_views (shop_id, shopify_user_id, screen, view)
      values (${shopId}, ${person}, ${screen}, ${view})
      on conflict (shop_id, shopify_user_id, screen) do update set view = excluded.view`;
  });
}

/**
 * Runs a change and tells the shop's screens, when there is one. One at a time in a shop, because a move rewrites
 * the places of a whole row.
 */
async function withViews(
  db: Db,
  shopId: ShopId,
  run: (tx: Tx) => Promise<ViewOutcome>,
): Promise<ViewOutcome> {
  const { outcome, change } = await withShop(db, shopId, async (tx) => {
    await tx.sql`select pg_advisory_xact_lock(hashtextextended('views ' || ${shopId}::text, 0))`;
    const outcome = await run(tx);
    return { outcome, change: outcome.outcome === "saved" ? await countChange(tx, shopId) : null };
  });
  // No order has changed, and a hint without orders would say nothing: the screens are asked to read again.
  if (change !== null) notifyShop(db, { shopId, change, orders: null });
  return outcome;
}

interface LockedView extends SavedView {
  screen: ViewScreen;
  position: number;
  deleted: boolean;
}

const pickView = ({ id, name, team, query, sort, columns, version }: LockedView): SavedView => ({
  id,
  name,
  team,
  query,
  sort,
  columns,
  version,
});

async function lockView(
  tx: Tx,
  shopId: ShopId,
  person: string,
  viewId: string,
): Promise<LockedView | undefined> {
  const [row] = await tx.sql<LockedView[]>`
    select ${viewColumns(tx)}, screen, position, deleted_at is not null as deleted from saved_views
    where shop_id = ${shopId} and id = ${viewId} and ${isVisible(tx, person)} for update`;
  return row;
}

interface PlacedView {
  id: string;
  position: number;
}

/** The views that stand in one row: the team's, or one person's. */
async function readRow(
  tx: Tx,
  shopId: ShopId,
  screen: ViewScreen,
  owner: string | null,
): Promise<PlacedView[]> {
  return tx.sql<PlacedView[]>`
    select id, position from saved_views
    where shop_id = ${shopId} and screen = ${screen} and owner_id is not distinct from ${owner} and deleted_at is null
    order by position, id`;
}

const endOf = (row: PlacedView[]) => (row.at(-1)?.position ?? 0) + 1;

async function setDeleted(tx: Tx, shopId: ShopId, viewId: string, deleted: boolean): Promise<ViewOutcome> {
  const [view] = await tx.sql<SavedView[]>`
    update saved_views set deleted_at = case when ${deleted} then now() end, version = version + 1, updated_at = now()
    where shop_id = ${shopId} and id = ${viewId} returning ${viewColumns(tx)}`;
  return view ? { outcome: "saved", view } : { outcome: "not_found" };
}
