/** A logo's bytes at most. */
export const maxLogoBytes = 512 * 1024;
/** A side at most, in pixels: a small file may unpack to more than a process can hold. */
const maxSide = 4_000;

export type CheckedLogo =
  | { outcome: "sound"; mediaType: "image/png" | "image/jpeg" }
  | { outcome: "refused"; reason: string };

/** Looks at the bytes themselves, whatever the browser or the file's name says they are. */
export function checkLogo(bytes: Uint8Array): CheckedLogo {
  if (bytes.length === 0) return refuse("Choose a picture first.");
  if (bytes.length > maxLogoBytes) return refuse("This picture is larger than 512 KB. Save it smaller.");
  const size = readPngSize(bytes) ?? readJpegSize(bytes);
  if (!size) return refuse("This is neither a PNG nor a JPEG picture, or it is damaged.");
  if (size.width === 0 || size.height === 0 || size.width > maxSide || size.height > maxSide)
    return refuse(
      `A logo has at most ${maxSide} pixels a side; this one has ${size.width} × ${size.height}.`,
    );
  return { outcome: "sound", mediaType: size.mediaType };
}

const refuse = (reason: string): CheckedLogo => ({ outcome: "refused", reason });

interface PictureSize {
  mediaType: "image/png" | "image/jpeg";
  width: number;
  height: number;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The signature, then the header chunk with the size, and the end chunk (PNG, W3C third edition, 5.2 and 11.2). */
function readPngSize(bytes: Uint8Array): PictureSize | null {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (bytes.length < 45 || signature.some((byte, at) => bytes[at] !== byte)) return null;
  const data = view(bytes);
  const [header, end] = [0x49484452, 0x49454e44];
  if (data.getUint32(12) !== header || data.getUint32(bytes.length - 8) !== end) return null;
  return { mediaType: "image/png", width: data.getUint32(16), height: data.getUint32(20) };
}

/** Walks the segments to the frame's header, which has the size (ITU-T T.81, annex B). */
function readJpegSize(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const data = view(bytes);
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { mediaType: "image/jpeg", width: data.getUint16(at + 7), height: data.getUint16(at + 5) };
    at += 2 + data.getUint16(at + 2);
  }
  return null;
}
