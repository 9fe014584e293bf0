import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useHydrated } from "remix-utils/use-hydrated";
import { z } from "zod";
import { signDownload } from "../exports/download-token.server.ts";
import { parseExportForm } from "../exports/export-form.ts";
import { ExportList } from "../exports/export-list.tsx";
import { findExportRequest, listExports } from "../exports/exports.server.ts";
import { maxOpen } from "../exports/list-export.ts";
import { requestExport } from "../exports/request-export.server.ts";
import { useFreshExports } from "../exports/use-fresh-exports.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import { Banner } from "../ui/banner.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

/** The lists that were written to files, each with a fresh link. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const { db, encryptionKey } = webProcess();
  const exports = await Promise.all(
    (await listExports(db, shopId)).map(async (one) => {
      if (one.state !== "done" || one.expired) return { ...one, href: null };
      const token = await signDownload(encryptionKey, { shopId, fileId: one.id });
      return { ...one, href: `/app/exports/${one.id}/file?token=${token}` };
    }),
  );
  return json({ exports }, { headers: { "Cache-Control": "no-store" } });
}

export const clientLoader = keepLastAnswer();

/** Asks for a file: of the list that the form describes, or the same once more. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shopId, shop, actor } = await requireShop({ request, context });
  const { db, queue } = webProcess();
  const fields = await readForm(request);
  const again = z.string().uuid().safeParse(fields.get("again"));
  const form = again.success
    ? { request: await findExportRequest(db, shopId, again.data) }
    : parseExportForm(fields);
  if ("message" in form) return json({ message: form.message }, { status: 422 });
  if (!form.request) return json({ message: "There is no such export any more." }, { status: 404 });
  const { outcome } = await requestExport(db, await queue(), { shopId, actor, request: form.request });
  if (outcome === "too_many")
    return json(
      { message: `${maxOpen} files are being written already. Wait until one is ready.` },
      { status: 409 },
    );
  return redirectAfterForm(request, fields, "/app/exports", shop.domain);
}

export const meta: MetaFunction = () => [{ title: "Exports · Atomic Orders" }];

export default function ExportsPage() {
  const { exports } = useLoaderData<typeof loader>();
  const message = useLastAnswer<typeof action>()?.message;
  const isWriting = exports.some(({ state }) => state === "queued" || state === "running");
  const hydrated = useHydrated();
  useFreshExports(isWriting);
  return (
    <Page
      narrow
      title="Exports"
      subtitle="Lists written to files, each as it was at one moment."
      back={{ to: "/app/orders", label: "Orders" }}
      actions={!hydrated && isWriting && <ButtonLink to="/app/exports">See how far it is</ButtonLink>}
    >
      <div>
        {/* Always there, so that what appears in it is announced. */}
        <div role="status" className="not-empty:mb-4">
          {message && <Banner tone="warning" title={message} />}
        </div>
        <ExportList exports={exports} />
      </div>
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
