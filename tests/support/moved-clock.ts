import { asSuperuser } from "./superuser.ts";

/**
 * Lets a test move the clock by which a database numbers its documents: the function that gives numbers is the same but
 * for the clock it reads.
 */
export async function installMovedClock(context: { url: string }): Promise<void> {
  await asSuperuser(context, async (sql) => {
    await sql`create table moved_clock (ahead interval not null)`;
    await sql`insert into moved_clock values ('0')`;
    await sql`
      create function read_moved_clock() returns timestamptz language sql volatile security definer
      set search_path = public, pg_temp as 'select clock_timestamp() + ahead from moved_clock'`;
    const [row] = await sql<{ definition: string }[]>`
      select pg_get_functiondef('number_document'::regproc) as definition`;
    if (!row?.definition.includes("clock_timestamp()")) throw new Error("numbers are not given by the clock");
    await sql.unsafe(row.definition.replaceAll("clock_timestamp()", "read_moved_clock()"));
  });
}

/** Moves the clock to noon of New Year's Day that comes next, in UTC. */
export async function moveClockToNextYear(context: { url: string }): Promise<void> {
  await asSuperuser(
    context,
    (sql) => sql`
      update moved_clock set ahead = date_trunc('year', now() at time zone 'UTC') + interval '1 year 12 hours'
        - (now() at time zone 'UTC')`,
  );
}
