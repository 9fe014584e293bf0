/** A caught message, as far as an outbox shows it. */
export interface ParsedMessage {
  headers: Map<string, string>;
  subject: string;
  text: string;
  attachments: { name: string; contentType: string; bytes: Buffer }[];
}

interface Part {
  headers: Map<string, string>;
  body: Buffer;
}

/**
 * Reads a message of the kinds that the app sends: text alone or text with attachments. Whatever else a message may
 * be (RFC 2045 knows much) is shown as it came.
 */
export function parseMessage(raw: Buffer): ParsedMessage {
  const whole = splitPart(raw);
  const parts = flatten(whole);
  const attachments = parts.flatMap(({ headers, body }) => {
    const name = parameterOf(headers.get("content-disposition"), "filename");
    if (name === null) return [];
    const contentType = headers.get("content-type")?.split(";")[0] ?? "application/octet-stream";
    return [{ name, contentType, bytes: decodeBody(headers, body) }];
  });
  const text = parts.find(({ headers }) => !headers.get("content-disposition")?.startsWith("attachment"));
  return {
    headers: whole.headers,
    subject: whole.headers.get("subject") ?? "",
    text: text ? decodeBody(text.headers, text.body).toString("utf8").replaceAll("\r\n", "\n").trimEnd() : "",
    attachments,
  };
}

function flatten(part: Part): Part[] {
  const type = part.headers.get("content-type") ?? "text/plain";
  const boundary = type.startsWith("multipart/") ? parameterOf(type, "boundary") : null;
  if (boundary === null) return [part];
  const pieces = part.body.toString("latin1").split(`--${boundary}`).slice(1, -1);
  return pieces.flatMap((piece) => flatten(splitPart(Buffer.from(piece.replace(/^\r\n/, ""), "latin1"))));
}

function splitPart(raw: Buffer): Part {
  const end = raw.indexOf("\r\n\r\n");
  const head = raw
    .subarray(0, end)
    .toString("utf8")
    .replace(/\r\n[ \t]+/g, " ");
  const headers = new Map(
    head.split("\r\n").flatMap((line): [string, string][] => {
      const colon = line.indexOf(":");
      return colon < 1
        ? []
        : [[line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())]];
    }),
  );
  return { headers, body: raw.subarray(end + 4) };
}

function decodeBody(headers: Map<string, string>, body: Buffer): Buffer {
  const encoding = headers.get("content-transfer-encoding")?.toLowerCase();
  if (encoding === "base64") return Buffer.from(body.toString("latin1"), "base64");
  if (encoding === "quoted-printable") return decodeQuoted(body.toString("latin1").replace(/=\r\n/g, ""));
  return body;
}

const decodeQuoted = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );

/** RFC 2047: `=?UTF-8?Q?M=C3=BCller?=`. Words that follow each other belong together. */
function decodeWords(text: string): string {
  return text.replace(/\?=\s+=\?/g, "?==?").replace(/(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi, (run) => {
    const words = [...run.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)];
    const bytes = words.map(([, kind = "", body = ""]) =>
      kind.toLowerCase() === "b" ? Buffer.from(body, "base64") : decodeQuoted(body.replaceAll("_", " ")),
    );
    return Buffer.concat(bytes).toString("utf8");
  });
}

function parameterOf(header: string | undefined, name: string): string | null {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, "i").exec(header ?? "");
  return match?.[1] ?? match?.[2] ?? null;
}
