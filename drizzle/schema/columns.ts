import { bigint, timestamp, uuid } from "drizzle-orm/pg-core";

/** An instant. Every timestamp of the project is `timestamptz`; a wall clock without a zone is never stored. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** A Shopify id. 64-bit, so a JavaScript number would corrupt it. */
export const shopifyId = (name: string) => bigint(name, { mode: "bigint" });

/** An amount in minor units of the currency that stands beside it. */
export const minorUnits = (name: string) => bigint(name, { mode: "bigint" });

/** The tenant key, first in every key of every table with shop data. */
export const shopKey = () => uuid("shop_id").notNull();
