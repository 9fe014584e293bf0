import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import postgres from "postgres";

/**
 * The least that a webhook door could do, in a process of its own. Arguments: the port and, for a durable answer, the
 * address of a database with a table `limit_bodies`, into which each body goes in a commit of its own.
 */
const [port = "", databaseUrl] = process.argv.slice(2);
const secret = process.env.LIMIT_SECRET ?? "";
const sql = databaseUrl ? postgres(databaseUrl, { max: 10, onnotice: () => {} }) : null;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    void answer(Buffer.concat(chunks), request.headers).then((status) => {
      response.writeHead(status, { "Content-Length": 0 });
      response.end();
    });
  });
});

async function answer(body: Buffer, headers: NodeJS.Dict<string | string[]>): Promise<number> {
  const expected = createHmac("sha256", secret).update(body).digest();
  const given = Buffer.from(String(headers["x-shopify-hmac-sha256"] ?? ""), "base64");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 401;
  if (!sql) return 200;
  try {
    await sql`insert into limit_bodies (id, body) values (${String(headers["x-shopify-webhook-id"])}, ${body.toString("utf8")})
              on conflict do nothing`;
    return 200;
  } catch {
    return 500;
  }
}

server.listen(Number(port), "127.0.0.1", () => process.send?.("ready"));
process.once("disconnect", () => process.exit(0));
