import { createHash } from "node:crypto";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { ExportRefused } from "./export-refused.ts";

/** A ZIP without its 64-bit extension says sizes and places in 32 bits, and counts its files in 16. */
const maxBytes = 2 ** 32 - 1;
const maxFiles = 2 ** 16 - 1;

/** A file that a ZIP holds, for its manifest. */
export interface ZippedFile {
  /** Its path in the ZIP. */
  file: string;
  bytes: number;
  /** Of its bytes, in hex. */
  sha256: string;
}

/**
 * A ZIP that is written file by file and keeps nothing of a file but its name and its hash. The same files in the same
 * order give the same bytes: no clock and no time zone is in it.
 */
export class ZipFile {
  readonly #zip: Zip;
  readonly #files: ZippedFile[] = [];
  #bytes = 0;
  #failure: Error | null = null;

  constructor(push: (bytes: Uint8Array) => void) {
    this.#zip = new Zip((error, bytes) => {
      this.#failure ??= error;
      this.#bytes += bytes?.length ?? 0;
      if (!error) push(bytes);
    });
  }

  /** The files that are in it whole, in their order. */
  get files(): readonly ZippedFile[] {
    return this.#files;
  }

  /** Adds a file. @param day its date, `2026-11-25`. @param packed its bytes are compressed already */
  add(
    file: string,
    bytes: Uint8Array,
    { day, packed = false }: { day: string; packed?: boolean },
  ): ZippedFile {
    const entry = this.begin(file, { day, packed });
    entry.push(bytes);
    return entry.end();
  }

  /** Begins a file that is added bit by bit. The one before must have ended. */
  begin(file: string, { day, packed = false }: { day: string; packed?: boolean }) {
    const entry = packed ? new ZipPassThrough(file) : new ZipDeflate(file, { level: 6 });
    // A ZIP has local times: the day's first moment on whatever clock this process has is written the same by all.
    entry.mtime = new Date(`${day}T00:00:00`);
    this.#zip.add(entry);
    const hash = createHash("sha256");
    let size = 0;
    return {
      push: (bytes: Uint8Array): void => {
        hash.update(bytes);
        size += bytes.length;
        entry.push(bytes);
        this.#check();
      },
      end: (): ZippedFile => {
        entry.push(new Uint8Array(0), true);
        this.#check();
        const zipped = { file, bytes: size, sha256: hash.digest("hex") };
        this.#files.push(zipped);
        return zipped;
      },
    };
  }

  /** Writes the list of its files that a ZIP ends with. */
  end(): void {
    this.#zip.end();
    this.#check();
  }

  /** The ZIP tells of an error by its callback, where throwing would end up nowhere. */
  #check(): void {
    if (this.#failure) throw this.#failure;
    if (this.#bytes > maxBytes || this.#files.length > maxFiles)
      throw new ExportRefused("The ZIP would be larger than every program can open. Choose fewer documents.");
  }
}
