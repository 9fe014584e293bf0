import { crc32, deflateSync } from "node:zlib";

export interface PackedPixels {
  width: number;
  height: number;
  /** Bits of a pixel: 1, 2 or 4. */
  bits: number;
  /** Rows as the PNG holds them, each after the number of its filter. */
  rows: Buffer;
}

/**
 * Writes a picture that packs several pixels into a byte anew with a byte for each. pdfkit takes every byte for a
 * pixel when a palette has transparent colours, and would draw a torn picture.
 *
 * @param kept the chunks for palette and transparency, as they stand in the file
 */
export function widenPalette({ width, height, bits, rows }: PackedPixels, kept: Buffer[]): Buffer {
  const rowBytes = Math.ceil((width * bits) / 8);
  const wide = Buffer.alloc((width + 1) * height);
  let above: Buffer = Buffer.alloc(rowBytes);
  for (let y = 0; y < height; y += 1) {
    const start = y * (rowBytes + 1);
    const row = unfilter(rows.subarray(start + 1, start + 1 + rowBytes), above, rows[start] ?? 0);
    for (let x = 0; x < width; x += 1) {
      const bit = x * bits;
      const packed = row[bit >> 3] ?? 0;
      wide[y * (width + 1) + 1 + x] = (packed >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
    }
    above = row;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = pngChunk("IDAT", deflateSync(wide));
  return Buffer.concat([
    signature,
    pngChunk("IHDR", head),
    ...kept,
    pixels,
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A part of a PNG file with its length and its check sum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Takes a row's filter off (PNG specification, chapter 9), where a pixel is no longer than a byte. */
function unfilter(filtered: Buffer, above: Buffer, filter: number): Buffer {
  const row = Buffer.alloc(filtered.length);
  for (let index = 0; index < row.length; index += 1) {
    const [left, up, corner] = [row[index - 1] ?? 0, above[index] ?? 0, above[index - 1] ?? 0];
    row[index] = (filtered[index] ?? 0) + predict(filter, left, up, corner);
  }
  return row;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
