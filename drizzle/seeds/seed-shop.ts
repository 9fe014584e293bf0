import { randomUUID } from "node:crypto";
import type postgres from "postgres";

export interface SeedShop {
  id: string;
  currency: string;
  /** The first free number of an order and of a customer. */
  nextNumber: number;
  nextCustomer: number;
}

/** Shows the connection's statements one shop's rows: row-level security holds for the owner too. */
export async function enterSeedShop(sql: postgres.Sql, shopId: string): Promise<void> {
  await sql`select set_config('app.shop_id', ${shopId}, false)`;
}

/** Finds the shop of a domain, or makes one that looks as after an installation but has no token. */
export async function openSeedShop(sql: postgres.Sql, domain: string): Promise<SeedShop> {
  await sql`select set_config('app.shop_domain', ${domain}, false)`;
  const [known] = await sql<{ id: string; currency: string }[]>`
    select id, currency from shops where domain = ${domain}`;
  const shop = known ?? { id: randomUUID(), currency: "EUR" };
  await enterSeedShop(sql, shop.id);
  if (!known) {
    await sql`insert into shops (id, domain, name, currency, time_zone)
              values (${shop.id}, ${domain}, ${domain.split(".")[0] ?? domain}, ${shop.currency}, 'Europe/Berlin')`;
  }
  await sql`insert into shop_changes (shop_id) values (${shop.id}) on conflict do nothing`;
  const [last] = await sql<{ number: string; customer: string }[]>`
    select (select coalesce(max(substring(name from '^#(\\d{1,15})$')::bigint), 1000) from orders
            where shop_id = ${shop.id}) as number,
           (select count(*) from customers where shop_id = ${shop.id}) as customer`;
  return { ...shop, nextNumber: Number(last?.number) + 1, nextCustomer: Number(last?.customer) + 1 };
}
