import { databaseUrl } from "../app/database-env.server.ts";
import { createDb } from "../app/db.server.ts";
import { verifyDocuments } from "../app/invoices/verify-documents.server.ts";

/**
 * `npm run invoices:verify`: checks every issued document of every shop and names the first one that was tampered with.
 * `--quick` does not render the PDFs again, which is nearly all the time it takes. Ends with code 1 when there is one, or
 * when the database cannot be read. Of the environment it needs `DATABASE_URL` alone.
 */

const db = createDb(databaseUrl, { max: 1, name: "atomic-orders verify", statementTimeoutMs: 120_000 });
const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
try {
  const { shops, series, documents, files, tampering } = await verifyDocuments(db, {
    quick: process.argv.includes("--quick"),
  });
  if (tampering) {
    const { shop, number, problem } = tampering;
    process.stderr.write(`${shop}: ${number ? `document ${number}: ` : ""}${problem}\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(
      `${documents} documents in ${series} series of ${shops} shops and ${files} PDFs are as they were issued, checked in ${seconds()} s.\n`,
    );
  }
} finally {
  await db.close();
}
