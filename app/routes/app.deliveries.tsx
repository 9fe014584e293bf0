import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { requestReconciliation } from "../orders/schedule-reconciliation.server.ts";
import { readForm } from "../read-form.server.ts";
import { requireShop } from "../session.server.ts";
import { AppForm } from "../ui/app-form.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";
import { FailedDeliveries } from "../webhooks/failed-deliveries.tsx";
import { SyncSummary } from "../webhooks/sync-summary.tsx";
import { readSyncState, rerunFailedDelivery } from "../webhooks/webhook-events.server.ts";

/** What came in from Shopify, what failed and why, and the ways to mend it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  return json(await readSyncState(webProcess().db, shopId));
}

export const clientLoader = keepLastAnswer();

const actionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("rerun"), deliveryId: z.string().regex(/^\d{1,18}$/) }),
  z.object({ intent: z.literal("sync") }),
]);

export async function action({ request, context }: ActionFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const form = actionSchema.safeParse(Object.fromEntries(await readForm(request)));
  if (!form.success) return json({ message: "That is no action of this page. Reload it." }, { status: 422 });
  const { db, queue } = webProcess();
  if (form.data.intent === "sync") {
    await requestReconciliation(db, await queue(), shopId);
    return json({ message: "Asking Shopify for changed orders. New ones appear by themselves." });
  }
  const found = await rerunFailedDelivery(db, await queue(), shopId, form.data.deliveryId);
  return json({
    message: found ? "The delivery runs again." : "That delivery is not among the failed ones any more.",
  });
}

export const meta: MetaFunction = () => [{ title: "Deliveries · Atomic Orders" }];

export default function DeliveriesPage() {
  const { failed, ...sync } = useLoaderData<typeof loader>();
  const message = useLastAnswer<typeof action>()?.message;
  const { formData } = useNavigation();
  return (
    <Page
      narrow
      title="Deliveries"
      subtitle="What Shopify sends about your orders, and what became of it."
      actions={
        <AppForm>
          <input type="hidden" name="intent" value="sync" />
          <Button type="submit" variant="primary" busy={formData?.get("intent") === "sync"}>
            Sync now
          </Button>
        </AppForm>
      }
    >
      <div>
        {/* Always there, so that what appears in it is announced. */}
        <div role="status" className="not-empty:mb-4">
          {message && <Banner title={message} />}
        </div>
        <Card title="State">
          <SyncSummary {...sync} failed={failed.length} />
        </Card>
      </div>
      <FailedDeliveries failed={failed} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
