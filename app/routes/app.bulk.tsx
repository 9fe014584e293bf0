import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BulkActionList } from "../bulk/bulk-action-list.tsx";
import { listBulkActions } from "../bulk/bulk-actions.server.ts";
import { bulkKinds } from "../bulk-kinds.server.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { requireShop } from "../session.server.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { webProcess } from "../web-process.server.ts";

/** What was changed on many orders at once. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  return json({ actions: await listBulkActions(webProcess().db, bulkKinds, shopId) });
}

export const clientLoader = keepLastAnswer();

export const meta: MetaFunction = () => [{ title: "Bulk actions · Atomic Orders" }];

export default function BulkActionsPage() {
  const { actions } = useLoaderData<typeof loader>();
  return (
    <Page
      narrow
      title="Bulk actions"
      subtitle="What was changed on many orders at once."
      back={{ to: "/app/orders", label: "Back to the orders" }}
      actions={<ButtonLink to="/app/bulk/tracking">Paste tracking numbers</ButtonLink>}
    >
      <Card flush>
        <BulkActionList actions={actions} />
      </Card>
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
