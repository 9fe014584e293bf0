import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { maxOpen } from "../exports/list-export.ts";
import { requestExport } from "../exports/request-export.server.ts";
import { AccountingPage } from "../invoices/accounting-page.tsx";
import { formatPeriod, parsePeriod, periodChoices, readPeriod } from "../invoices/accounting-period.ts";
import { findLastMonth, summarisePeriod } from "../invoices/accounting-summary.server.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { todayIn } from "../search/today-in.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

/** What the documents of a period come to; the last month that has any until another is asked for. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = await requireShop({ request, context });
  const today = todayIn(shop.timeZone);
  const asked = readPeriod(new URL(request.url).searchParams);
  const { db } = webProcess();
  const usual = { today, timeZone: shop.timeZone };
  const period = asked.outcome === "asked" ? asked.period : await findLastMonth(db, shop.id, usual);
  const error = asked.outcome === "invalid" ? asked.message : null;
  const totals = period && !error ? await summarisePeriod(db, shop.id, period) : [];
  return json({ choices: periodChoices(today), period, error, totals, timeZone: shop.timeZone });
}

export const clientLoader = keepLastAnswer(({ search }) => search);

/** Asks for the file of a period. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const form = await readForm(request);
  const period = parsePeriod(String(form.get("period")));
  if (!period) return json({ message: "That is no period. Choose one and try again." }, { status: 422 });
  const { db, queue } = webProcess();
  const file = { screen: "accounting" as const, format: "zip" as const, ids: null, sort: "", columns: [] };
  const asked = await requestExport(db, await queue(), {
    shopId: shop.id,
    actor,
    request: { ...file, query: formatPeriod(period) },
  });
  if (asked.outcome === "too_many")
    return json(
      { message: `${maxOpen} files are being written already. Wait until one is ready.` },
      { status: 409 },
    );
  return redirectAfterForm(request, form, "/app/exports", shop.domain);
}

export const meta: MetaFunction = () => [{ title: "For the accountant · Atomic Orders" }];

export default function AccountingRoute() {
  const data = useLoaderData<typeof loader>();
  const message = useLastAnswer<typeof action>()?.message ?? null;
  return <AccountingPage {...data} message={message} />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
