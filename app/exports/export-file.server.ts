import { type Db, withShop } from "../db.server.ts";
import type { ShopId } from "../shops/shop.ts";

/** Bytes of a stored piece: large enough to be few, small enough to be held in memory by the dozen. */
const chunkBytes = 256 * 1_024;

/** How often progress is noted although no piece is full. */
const noteMs = 1_000;

/** Somebody else writes this export now: this worker had been given up for dead. */
export class ExportTakenOver extends Error {}

/** Stores a file's bytes piece by piece, each in a short transaction of its own, and notes the progress with it. */
export class ExportFile {
  readonly #db: Db;
  readonly #shopId: ShopId;
  readonly #exportId: string;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #position = 0;
  #storedBytes = 0;
  #notedAt = Date.now();

  constructor(db: Db, shopId: ShopId, exportId: string) {
    this.#db = db;
    this.#shopId = shopId;
    this.#exportId = exportId;
  }

  get bytes(): number {
    return this.#storedBytes + this.#pendingBytes;
  }

  push(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
  }

  /** Stores what makes whole pieces. Waiting for it is what keeps the reader from running ahead. */
  async store(written: number): Promise<void> {
    if (this.#pendingBytes >= chunkBytes) await this.#write(written, chunkBytes);
    else if (Date.now() - this.#notedAt >= noteMs) await this.#note(written, []);
  }

  /** Stores the rest. */
  async finish(written: number): Promise<void> {
    await this.#write(written, 1);
  }

  async #write(written: number, least: number): Promise<void> {
    let rest = Buffer.concat(this.#pending);
    const chunks: Buffer[] = [];
    while (rest.length >= least) {
      chunks.push(rest.subarray(0, chunkBytes));
      rest = rest.subarray(chunkBytes);
    }
    // A copy, so that the small rest does not keep the large buffer.
    this.#pending = rest.length > 0 ? [Buffer.from(rest)] : [];
    this.#pendingBytes = rest.length;
    await this.#note(written, chunks);
  }

  async #note(written: number, chunks: Buffer[]): Promise<void> {
    const [shopId, exportId, from] = [this.#shopId, this.#exportId, this.#storedBytes];
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, from);
    await withShop(this.#db, shopId, async ({ sql }) => {
      // The bytes so far say whether this is still our file.
      const ours = await sql`
        update list_exports set written = ${written}, bytes = ${bytes}
        where shop_id = ${shopId} and id = ${exportId} and state = 'running' and bytes = ${from}`;
      if (ours.count === 0) throw new ExportTakenOver("The export is written by another worker.");
      for (const [index, chunk] of chunks.entries()) {
        await sql`insert into export_chunks (shop_id, export_id, position, bytes)
                  values (${shopId}, ${exportId}, ${this.#position + index}, ${chunk})`;
      }
    });
    this.#position += chunks.length;
    this.#storedBytes = bytes;
    this.#notedAt = Date.now();
  }
}
