import { type ActionFunctionArgs, json, type MetaFunction } from "@remix-run/node";
import { readSelection } from "../bulk/bulk-selection.ts";
import { draftBulkAction } from "../bulk/draft-bulk-action.server.ts";
import { parseChosen } from "../bulk/parse-chosen.ts";
import { bulkKinds } from "../bulk-kinds.server.ts";
import { parseOrderQuery } from "../orders/parse-order-query.ts";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import { Banner } from "../ui/banner.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

const refuse = (message: string) => json({ message }, { status: 422 });

/** Takes the orders that a list posts down as a draft, whose page asks what to change. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop({ request, context });
  const form = await readForm(request);
  const posted = readSelection(form);
  if (!posted) return refuse("That is no choice of orders. Go back to the list and choose again.");
  const { query, errors } = parseOrderQuery(posted.q, shop.timeZone);
  // A part that is not understood would be left out, and then it would be more orders than were meant.
  if (posted.all && errors.length > 0) return refuse("The search has a mistake. Correct it first.");
  const selection = posted.all
    ? { kind: "query" as const, query, q: posted.q }
    : { kind: "ids" as const, ids: posted.ids };
  const { db, queue } = webProcess();
  const chosen = parseChosen(bulkKinds, posted.kind ?? "", Object.fromEntries(form));
  const change = chosen.outcome === "chosen" ? chosen : null;
  const drafted = await draftBulkAction({ db, queue: await queue() }, shop, { selection, change, actor });
  switch (drafted.outcome) {
    case "drafted": {
      const asked = change || !posted.kind ? "" : `?kind=${posted.kind}`;
      return redirectAfterForm(request, form, `/app/bulk/${drafted.id}${asked}`, shop.domain);
    }
    case "empty":
      return refuse("No orders were chosen. Tick some in the list first.");
  }
}

export const meta: MetaFunction = () => [{ title: "New bulk action · Atomic Orders" }];

export default function NewBulkActionPage() {
  const message = useLastAnswer<typeof action>()?.message ?? "Choose the orders in the list first.";
  return (
    <Page narrow title="New bulk action" back={{ to: "/app/orders", label: "Back to the orders" }}>
      <Banner
        tone="warning"
        live="assertive"
        title={message}
        actions={<ButtonLink to="/app/orders">Go to the orders</ButtonLink>}
      />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
