import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { requireShop } from "../session.server.ts";
import { AppLink } from "../ui/app-link.tsx";
import { Card } from "../ui/card.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";

/** Says only that somebody may be here. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireShop({ request, context });
  return json(null);
}

export const clientLoader = keepLastAnswer();

export const meta: MetaFunction = () => [{ title: "Settings · Atomic Orders" }];

const settings = [
  {
    to: "/app/settings/invoices",
    label: "Invoices",
    text: "Seller, numbers, automation, taxes, the look of documents, e-mail.",
  },
  {
    to: "/app/settings/shipping",
    label: "Shipping rate",
    text: "What an order costs that comes without shipping lines.",
  },
];

export default function SettingsPage() {
  return (
    <Page narrow title="Settings">
      <Card flush>
        <ul>
          {settings.map(({ to, label, text }) => (
            <li key={to} className="relative border-line px-4 py-3 not-first:border-t hover:bg-surface-hover">
              {/* The whole row is the link's target. */}
              <AppLink to={to} className="font-medium text-link after:absolute after:inset-0">
                {label}
              </AppLink>
              <p className="text-ink-subtle">{text}</p>
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
