import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";

const lock = 4711;

export interface HeldItems {
  /** A connection of the database's owner. */
  owner: postgres.Sql;
  /** Ends when somebody waits there. */
  reached(): Promise<void>;
  /** Lets everybody pass from now on. */
  release(): Promise<void>;
}

/**
 * Holds up whoever adds the item of a bulk action at this position: the moment between two chunks, for as long as a
 * test needs it.
 * @param url the owner's address of the test's database
 */
export async function holdItemsAt(url: string, position: number): Promise<HeldItems> {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  await owner`select pg_advisory_lock(${lock})`;
  await owner.unsafe(`
    create function hold_items() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock(${lock}); return new; end $$;
    create trigger hold_items before insert on bulk_items for each row
    when (new.position = ${position}) execute function hold_items()`);
  const waiting = async () => {
    const rows = await owner`
      select from pg_locks where locktype = 'advisory' and objid = ${lock} and not granted
        and database = (select oid from pg_database where datname = current_database())`;
    return rows.length;
  };
  return {
    owner,
    reached: async () => {
      while ((await waiting()) === 0) await wait(10);
    },
    release: async () => {
      // First the lock: dropping the trigger waits for those who hold the table.
      await owner`select pg_advisory_unlock(${lock})`;
      await owner.unsafe("drop trigger hold_items on bulk_items; drop function hold_items()");
      await owner.end();
    },
  };
}
