import { inflateSync } from "node:zlib";
import { pngChunk, widenPalette } from "./widen-palette.ts";

/** A logo that can be drawn. */
export interface Logo {
  bytes: Buffer;
  format: "png" | "jpeg";
  width: number;
  height: number;
}

/** Pixels. A larger picture would take longer to unpack than all the rest of a document. */
const longestSide = 4_000;

/**
 * Looks whether a picture can be printed: a PNG, or a JPEG in grey or RGB (CMYK has no place in a document whose
 * colours are sRGB). Looked at in full, because pdfkit finds a damaged one only when nobody can catch the error.
 *
 * @returns null for any other bytes
 */
export function readLogo(bytes: Uint8Array): Logo | null {
  const logo = readPng(Buffer.from(bytes)) ?? readJpeg(Buffer.from(bytes));
  if (!logo || logo.width < 1 || logo.height < 1) return null;
  return Math.max(logo.width, logo.height) > longestSide ? null : logo;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const samplesByColorType: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function readPng(bytes: Buffer): Logo | null {
  if (!bytes.subarray(0, 8).equals(pngSignature) || bytes.length < 33) return null;
  if (bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const bits = bytes[24] ?? 0;
  const samples = samplesByColorType[bytes[25] ?? -1];
  if (!samples || Math.max(width, height) > longestSide) return null;
  const rowBytes = Math.ceil((width * samples * bits) / 8) + 1;
  const isInterlaced = bytes[28] === 1;
  const rows = unpack(pngChunks(bytes, "IDAT"), rowBytes * height * 2 + 1_000);
  if (!rows || (!isInterlaced && rows.length < rowBytes * height)) return null;
  const isTornByPdfkit = bytes[25] === 3 && bits < 8 && pngChunks(bytes, "tRNS").length > 0;
  if (!isTornByPdfkit) return { bytes, format: "png", width, height };
  if (isInterlaced) return null;
  const kept = ["PLTE", "tRNS"].flatMap((type) => pngChunks(bytes, type).map((data) => pngChunk(type, data)));
  return { bytes: widenPalette({ width, height, bits, rows }, kept), format: "png", width, height };
}

/** What the chunks of a type hold, in the order of the file. */
function pngChunks(bytes: Buffer, type: string): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const found = bytes.toString("latin1", at + 4, at + 8);
    if (found === type) parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  return parts;
}

/** Null for what is damaged, or gives more than it may. */
function unpack(parts: Buffer[], maxOutputLength: number): Buffer | null {
  try {
    return inflateSync(Buffer.concat(parts), { maxOutputLength });
  } catch {
    return null; // zlib throws for both
  }
}

/** Start of frame: where a JPEG tells its size and colours. */
const frameMarkers = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

function readJpeg(bytes: Buffer): Logo | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    if (!frameMarkers.has(bytes[at + 1] ?? 0)) {
      at += 2 + bytes.readUInt16BE(at + 2);
      continue;
    }
    const channels = bytes[at + 9];
    const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
    return channels === 1 || channels === 3 ? { bytes, format: "jpeg", width, height } : null;
  }
  return null;
}
