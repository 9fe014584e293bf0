import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { signDownload } from "../exports/download-token.server.ts";
import { answerSettingsForm } from "../invoices/answer-settings-form.server.ts";
import { listCountries } from "../invoices/countries.ts";
import { InvoiceSettingsCards } from "../invoices/invoice-settings.tsx";
import { listRunningSeries } from "../invoices/number-series.server.ts";
import { findPreview } from "../invoices/preview-order.server.ts";
import { proposeSeller } from "../invoices/propose-seller.ts";
import type { SettingsAnswer } from "../invoices/settings-answer.ts";
import { findSavedSettings } from "../invoices/settings-screen.server.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { readForm } from "../read-form.server.ts";
import { todayIn } from "../search/today-in.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { useAppData } from "../ui/use-app-data.ts";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

/** How the shop invoices, with links to the drawn preview and the logo, which a frame and a picture ask for. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, shopId } = await requireShop({ request, context });
  const { db, encryptionKey } = webProcess();
  const [saved, series, preview, token] = await Promise.all([
    findSavedSettings(db, shopId),
    listRunningSeries(db, shopId),
    findPreview(db, shopId),
    signDownload(encryptionKey, { shopId, fileId: shopId }),
  ]);
  const { logoSha256 } = saved.settings.seller;
  return json({
    saved,
    series,
    year: Number(todayIn(shop.timeZone).slice(0, 4)),
    previewHref: `/app/settings/invoices/preview?for=${shopId}&token=${token}`,
    countries: listCountries(),
    proposed: proposeSeller(saved.settings.seller, shop),
    previewOf: preview?.orderName ?? null,
    logoHref: logoSha256 && `/app/settings/invoices/logo?for=${shopId}&token=${token}`,
  });
}

export const clientLoader = keepLastAnswer();

export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const fields = await readForm(request);
  const { status, answer } = await answerSettingsForm(webProcess().db, { shop, actor, fields });
  return json<SettingsAnswer>(answer, { status });
}

export const meta: MetaFunction = () => [{ title: "Invoice settings · Atomic Orders" }];

export default function InvoiceSettingsPage() {
  const data = useLoaderData<typeof loader>();
  const answer = useLastAnswer<SettingsAnswer>() ?? null;
  const timeZone = useAppData()?.shop.timeZone ?? "UTC";
  return (
    <Page
      title="Invoices"
      subtitle="How invoices and credit notes are numbered, issued and written. Each card is saved by itself."
      back={{ to: "/app/settings", label: "Settings" }}
    >
      <InvoiceSettingsCards {...data} answer={answer} timeZone={timeZone} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
