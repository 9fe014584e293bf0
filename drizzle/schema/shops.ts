import { bigint, customType, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, shopifyId, shopKey } from "./columns.ts";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A merchant's store: the tenant. Only an authenticated install creates one. */
export const shops = pgTable("shops", {
  id: uuid("id").primaryKey(),
  domain: text("domain").notNull().unique(),
  shopifyShopId: shopifyId("shopify_shop_id"),
  name: text("name").notNull(),
  currency: text("currency").notNull(),
  timeZone: text("time_zone").notNull(),
  installedAt: instant("installed_at").notNull().defaultNow(),
  /** When the newest session token seen at an opening was issued: the app was installed then. */
  confirmedAt: instant("confirmed_at"),
  uninstalledAt: instant("uninstalled_at"),
  /** Orders changed at Shopify up to here are known to be stored (reconciliation's high-water mark). */
  reconciledUntil: instant("reconciled_until"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

/** The shop's offline access token, encrypted. Forgotten on uninstall. */
export const shopTokens = pgTable("shop_tokens", {
  shopId: shopKey()
    .primaryKey()
    .references(() => shops.id, { onDelete: "cascade" }),
  accessTokenCiphertext: bytea("access_token_ciphertext").notNull(),
  accessTokenExpiresAt: instant("access_token_expires_at"),
  refreshTokenCiphertext: bytea("refresh_token_ciphertext"),
  refreshTokenExpiresAt: instant("refresh_token_expires_at"),
  scope: text("scope").notNull(),
  refreshedAt: instant("refreshed_at").notNull().defaultNow(),
});

/** Counts a shop's committed changes. Screens compare it with the number they last heard to notice a gap. */
export const shopChanges = pgTable("shop_changes", {
  shopId: shopKey()
    .primaryKey()
    .references(() => shops.id, { onDelete: "cascade" }),
  lastChange: bigint("last_change", { mode: "number" }).notNull().default(0),
});

/** The people of a shop who used the app, so that the timeline can name them. */
export const staffMembers = pgTable(
  "staff_members",
  {
    shopId: shopKey().references(() => shops.id, { onDelete: "cascade" }),
    shopifyUserId: shopifyId("shopify_user_id").notNull(),
    name: text("name").notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.shopifyUserId] })],
);
