import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createDb, type Db, withShop } from "../../app/db.server.ts";
import type { ShopId } from "../../app/shops/shop.ts";
import { createRandom, type Random } from "../shopify-simulator/random.ts";
import { signSessionToken } from "../shopify-simulator/session-token.ts";
import { repositoryRoot } from "../support/repository-root.ts";
import { type ChaosDatabase, openChaosDatabase } from "./database.ts";
import { Fleet } from "./fleet.ts";
import { History } from "./history.ts";
import { Ledger } from "./ledger.ts";
import { Merchants } from "./merchants.ts";
import type { Options } from "./options.ts";
import { Reader } from "./reader.ts";
import { Sender } from "./sender.ts";

export interface ChaosShop {
  shopId: ShopId;
  domain: string;
}

/** Everything a fault can reach. */
export interface World {
  options: Options;
  history: History;
  random: Random;
  database: ChaosDatabase;
  fleet: Fleet;
  /** A pool of the run's own, as the app has one. */
  db: Db;
  ledger: Ledger;
  sender: Sender;
  merchants: Merchants;
  /** The shops under load, whose every order the oracle knows. */
  shops: [ChaosShop, ChaosShop, ChaosShop];
  /** A shop for what the oracle cannot follow: garbage, hints out of nothing, long lists. */
  strangeShop: ChaosShop;
  /** Open lists behind the proxy, one a shop under load. */
  readers: { shop: ChaosShop; reader: Reader }[];
  /** A session token of a staff member; `now` in milliseconds for one of another moment. */
  token(shop: ChaosShop, now?: number): string;
  /** So many, at the run's scale. */
  scaled(full: number, least?: number): number;
  close(): Promise<void>;
}

/** Deliveries a second while a fault is under way: enough to be always in the middle of something. */
const loadPerSecond = 25;

export async function openWorld(options: Options): Promise<World> {
  const history = new History(join(repositoryRoot, "test-results", "chaos", `${options.seed}.jsonl`));
  history.note("options", options);
  const random = createRandom(options.seed);
  const database = await openChaosDatabase();
  const db = createDb(database.url, { max: 6, name: "chaos" });
  const strangeShop = await addShop(db, "strange");
  const shops: World["shops"] = [
    await addShop(db, "first"),
    await addShop(db, "second"),
    await addShop(db, "third"),
  ];
  const fleet = await Fleet.start(database.url, history);
  const token = (shop: ChaosShop, now = Date.now()) =>
    signSessionToken({ shop: shop.domain, userId: 1001, ...fleet.app.secrets, now });
  const ledger = new Ledger(random);
  const parts = { ledger, history, random, shops, token, url: () => fleet.url };
  const readers = shops.map((shop) => ({
    shop,
    reader: new Reader({ url: fleet.url, token: () => token(shop) }),
  }));
  return {
    options,
    history,
    random,
    database,
    fleet,
    db,
    ledger,
    sender: new Sender({ ...parts, secret: fleet.app.secrets.apiSecret, perSecond: loadPerSecond }),
    merchants: new Merchants(parts),
    shops,
    strangeShop,
    readers,
    token,
    scaled: (full, least = 1) => Math.max(least, Math.round(full * options.scale)),
    close: async () => {
      for (const { reader } of readers) reader.stop();
      await fleet.stop();
      await db.close();
      await database.close();
    },
  };
}

/** An installed shop with one staff member: of somebody unknown each request would first ask Shopify for the name. */
async function addShop(db: Db, name: string): Promise<ChaosShop> {
  const [shopId, domain] = [randomUUID() as ShopId, `${name}.myshopify.com`];
  await withShop(db, shopId, async ({ sql }) => {
    await sql`insert into shops (id, domain, name, currency, time_zone)
              values (${shopId}, ${domain}, ${name}, 'EUR', 'Europe/Berlin')`;
    await sql`insert into staff_members (shop_id, shopify_user_id, name) values (${shopId}, 1001, 'Anna Berg')`;
  });
  return { shopId, domain };
}
