import { createHash } from "node:crypto";
import { unzipSync } from "fflate";

/** A ZIP's files by their paths, in its order. */
export const openZip = (bytes: Uint8Array): Map<string, Buffer> =>
  new Map(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, Buffer.from(content)]));

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The rows of a CSV by the names in its head. Its texts hold no line breaks. */
export function readCsv(bytes: Buffer): Record<string, string>[] {
  const [head = [], ...rows] = bytes
    .toString()
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\r\n")
    .map(readLine);
  return rows.map((row) => Object.fromEntries(head.map((name, place) => [name, row[place] ?? ""])));
}

const readLine = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
