import { type Db, type Tx, withLinkToken } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";
import { hashAddress, hashLinkToken } from "./link-token.server.ts";

/** Wrong tokens are counted in stretches of so many seconds, which begin for everybody at the same time. */
const stretchSeconds = 600;

/** Wrong tokens that one address may show in a stretch. */
const maxMisses = 20;

/** When all addresses together have shown so many, somebody is guessing from many places, and each may err less often. */
const maxMissesOfAll = 1_000;
const maxMissesWhileGuessed = 3;

export interface OpenLink {
  token: string;
  /** The visitor's IP address. */
  address: string;
  /** False for what is no look at the page: HEAD, programs, fetching ahead, the file. */
  isView: boolean;
}

export type OpenLinkOutcome =
  | { outcome: "open"; shopId: ShopId; documentId: string }
  | { outcome: "expired" | "revoked" | "unknown" }
  | { outcome: "limited"; retryAfterSeconds: number };

/**
 * Finds what a public link leads to and counts the view. It sees the row of this very token and no other, and of no
 * shop anything else.
 *
 * An address that has shown too many wrong tokens is refused before its token is looked at, so that it learns nothing
 * more; a right token from anybody else always opens. Counts are in the database, because a process alone would
 * forget what another has seen.
 */
export function openDocumentLink(
  db: Db,
  encryptionKey: Uint8Array,
  { token, address, isView }: OpenLink,
): Promise<OpenLinkOutcome> {
  const tokenHash = hashLinkToken(token);
  return withLinkToken(db, tokenHash, async (tx) => {
    const clock = await readClock(tx);
    const visitor = { stretch: clock.stretch, addressHash: hashAddress(encryptionKey, address, clock.day) };
    if (await hasMissedTooOften(tx, visitor))
      return { outcome: "limited", retryAfterSeconds: clock.secondsLeft };
    const [link] = await tx.sql<
      { shopId: ShopId; documentId: string; state: "open" | "expired" | "revoked" }[]
    >`
      update document_links set views = views + counts::int,
        last_viewed_at = case when counts then now() else last_viewed_at end
      from (select ${isView}::boolean and revoked_at is null and expires_at > now() as counts
            from document_links where token_hash = ${tokenHash}) as view
      where token_hash = ${tokenHash}
      returning shop_id as "shopId", document_id as "documentId",
        case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'open' end as state`;
    if (!link) {
      await noteMiss(tx, visitor);
      return { outcome: "unknown" };
    }
    return link.state === "open"
      ? { outcome: "open", shopId: link.shopId, documentId: link.documentId }
      : { outcome: link.state };
  });
}

interface Visitor {
  stretch: number;
  addressHash: string;
}

/** The database's clock: processes on several machines have to agree on the stretch. */
async function readClock(tx: Tx): Promise<{ stretch: number; secondsLeft: number; day: string }> {
  const [row] = await tx.sql<{ seconds: number; day: string }[]>`
    select floor(extract(epoch from now()))::int as seconds, to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day`;
  const seconds = row?.seconds ?? 0;
  return {
    stretch: Math.floor(seconds / stretchSeconds),
    secondsLeft: stretchSeconds - (seconds % stretchSeconds),
    day: row?.day ?? "",
  };
}

async function hasMissedTooOften(tx: Tx, { stretch, addressHash }: Visitor): Promise<boolean> {
  const rows = await tx.sql<{ addressHash: string; misses: number }[]>`
    select address_hash as "addressHash", misses from link_misses
    where stretch = ${stretch} and address_hash in ('', ${addressHash})`;
  const missesOf = (hash: string) => rows.find((row) => row.addressHash === hash)?.misses ?? 0;
  return missesOf(addressHash) >= (missesOf("") >= maxMissesOfAll ? maxMissesWhileGuessed : maxMisses);
}

/** The row of all comes last in every transaction, so that two never wait for each other; old stretches go. */
async function noteMiss(tx: Tx, { stretch, addressHash }: Visitor): Promise<void> {
  await tx.sql`
    insert into link_misses (stretch, address_hash, misses) values (${stretch}, ${addressHash}, 1)
    on conflict (stretch, address_hash) do update set misses = link_misses.misses + 1`;
  const [all] = await tx.sql<{ misses: number }[]>`
    insert into link_misses (stretch, address_hash, misses) values (${stretch}, '', 1)
    on conflict (stretch, address_hash) do update set misses = link_misses.misses + 1 returning misses`;
  if (all?.misses === 1) await tx.sql`delete from link_misses where stretch < ${stretch}`;
}
