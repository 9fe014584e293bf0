import { randomUUID } from "node:crypto";
import { nextOrderId, orderPayload } from "../../support/deliveries.ts";
import { until } from "../wait.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";

/** Two retries after 2 s and 8 s, with room for jitter and polling. */
const deadLimitMs = 45_000;

/** What the planted rule of the database refuses, as a bug of ours in a trigger or a constraint would. */
const refusedName = "#refused-by-the-database";

/** Payloads that nothing can be made of, and ones that only the database refuses, in batches with good ones. */
export const poison: Fault = {
  name: "poison",
  title: "deliveries that cannot be applied among good ones",
  async run(world) {
    const { database, ledger, random, shops, sender, history } = world;
    await database.asAdmin((sql) =>
      sql.unsafe(`alter table orders add constraint planted check (name <> '${refusedName}') not valid`),
    );
    try {
      const shop = random.pick(shops);
      const bodies = [
        orderPayload({ line_items: "none" }),
        orderPayload({ total_price: "a lot", current_total_price: "a lot" }),
        `{"id": ${nextOrderId()}}`,
        `"${randomUUID()}"`,
        orderPayload({ updatedAt: "yesterday" }),
        orderPayload({ name: refusedName }),
        orderPayload({ name: refusedName }),
      ];
      const bad = bodies.map((body) => ledger.addPoison(shop, body));
      const good = Array.from({ length: 60 }, () => ledger.nextMessage(shop));
      const mixed = [...bad, ...good].sort(() => random.next() - 0.5);
      await sender.deliverAll(mixed, undefined, mixed.length);
      history.note("sent", { bad: bad.length, good: good.length });
      const ms = await until(async () => (await countDead(world)) === bad.length, deadLimitMs);
      if (ms === null) history.find(`only ${await countDead(world)} of ${bad.length} became dead letters`);
      return `${bad.length} bad among ${good.length} good in one burst, dead letters with a reason after ${((ms ?? deadLimitMs) / 1_000).toFixed(1)} s`;
    } finally {
      await database.asAdmin((sql) => sql.unsafe("alter table orders drop constraint planted"));
    }
  },
};

const countDead = ({ database, ledger }: World): Promise<number> =>
  database.asAdmin(async (sql) => {
    const ids = ledger.messages.filter((message) => message.poison).map(({ webhookId }) => webhookId);
    const dead = await sql`
      select from webhook_events
      where webhook_id in ${sql(ids)} and status = 'failed' and attempts = 3 and error <> ''`;
    return dead.length;
  });
