import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { signDownload } from "../exports/download-token.server.ts";
import { auditNumbers } from "../invoices/audit-numbers.server.ts";
import { AuditScreen } from "../invoices/audit-screen.tsx";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { webProcess } from "../web-process.server.ts";

/** The series of numbers and whatever is wrong in them, looked at anew each time. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const { db, encryptionKey } = webProcess();
  const [audit, token] = await Promise.all([
    auditNumbers(db, shopId),
    signDownload(encryptionKey, { shopId, fileId: shopId }),
  ]);
  return json({ audit, reportHref: `/app/invoices/audit.csv?for=${shopId}&token=${token}` });
}

export const clientLoader = keepLastAnswer();

export const meta: MetaFunction = () => [{ title: "Audit of the numbers · Atomic Orders" }];

export default function AuditPage() {
  return <AuditScreen {...useLoaderData<typeof loader>()} />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
