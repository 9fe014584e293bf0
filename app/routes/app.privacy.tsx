import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listPrivacyRequests } from "../customers/list-privacy-requests.server.ts";
import { PrivacyRequests } from "../customers/privacy-requests.tsx";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { webProcess } from "../web-process.server.ts";

/** What privacy law asked of the shop and what was done. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  return json({ requests: await listPrivacyRequests(webProcess().db, shopId) });
}

export const clientLoader = keepLastAnswer();

export const meta: MetaFunction = () => [{ title: "Privacy · Atomic Orders" }];

export default function PrivacyPage() {
  const { requests } = useLoaderData<typeof loader>();
  return (
    <Page
      narrow
      title="Privacy"
      subtitle="What customers asked through Shopify about their personal data, and what was done."
    >
      <PrivacyRequests requests={requests} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
