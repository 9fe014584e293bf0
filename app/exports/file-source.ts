import type { Db, Tx } from "../db.server.ts";
import type { Shop } from "../shops/shop.ts";
import type { ExportRequest } from "./list-export.ts";

/** A file that is about to be written. */
export interface OpenedFile {
  /** How many rows or documents it will hold: what its progress is measured against. */
  total: number;
  /**
   * Writes it. Yields how many are written, often enough that little is in memory: what was pushed is stored before
   * it goes on. Ends with `total`.
   */
  write(push: (bytes: Uint8Array) => void): AsyncIterable<number>;
}

/** A file that is no list of rows: its feature writes the bytes. */
export interface FileSource {
  /**
   * Counts what the file will hold.
   * @param tx the snapshot that the file tells; it stays open until the file is written, and writes nothing
   * @param db for what has to be written on the way, in short transactions of its own
   * @throws ExportRefused with a sentence for the person
   */
  open(
    services: { db: Db; tx: Tx },
    shop: Shop,
    request: Pick<ExportRequest, "format" | "query" | "ids">,
  ): Promise<OpenedFile>;
}
