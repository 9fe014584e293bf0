import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { readForm } from "../read-form.server.ts";
import { requireShop } from "../session.server.ts";
import { noRateAnswer, type RateAnswer } from "../shipping/rate-answer.ts";
import { parseTypedRate, readTypedRate } from "../shipping/rate-form.ts";
import { withStepChange } from "../shipping/rate-steps.ts";
import { saveShippingRate } from "../shipping/save-shipping-rate.server.ts";
import { findShippingRate } from "../shipping/shipping-rates.server.ts";
import { ShippingSettings } from "../shipping/shipping-settings.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { Page } from "../ui/page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

/** The shop's own shipping rate, and a box to try it in. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop, shopId } = await requireShop({ request, context });
  const { searchParams } = new URL(request.url);
  return json({
    saved: await findShippingRate(webProcess().db, shopId),
    currency: shop.currency,
    asked: { subtotal: searchParams.get("subtotal") ?? "", weight: searchParams.get("weight") ?? "" },
  });
}

export const clientLoader = keepLastAnswer();

const intentSchema = z.object({
  version: z.coerce.number().int().min(0),
  intent: z.union([z.enum(["save", "overwrite", "add-step"]), z.string().regex(/^remove-step\.\d{1,2}$/)]),
  /** The version whose rate the person saw and chose to overwrite. */
  theirVersion: z.coerce.number().int().min(0).optional(),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, shopId, actor } = await requireShop({ request, context });
  const fields = await readForm(request);
  const typed = readTypedRate(fields);
  const form = intentSchema.safeParse(Object.fromEntries(fields));
  if (!form.success) return json<RateAnswer>({ ...noRateAnswer, typed, refused: true }, { status: 422 });
  const { version, theirVersion, intent } = form.data;
  const answer = (status: number, said: Partial<RateAnswer>) =>
    json<RateAnswer>({ ...noRateAnswer, typed, openedVersion: version, ...said }, { status });

  if (intent !== "save" && intent !== "overwrite")
    return answer(200, { typed: withStepChange(typed, intent) });
  const { rate, errors } = parseTypedRate(typed, shop.currency);
  if (!rate) return answer(422, { errors });
  const openedVersion = intent === "overwrite" ? (theirVersion ?? version) : version;
  const result = await saveShippingRate(webProcess().db, { shopId, openedVersion, rate, actor });
  if (result.outcome === "conflict") return answer(409, { conflict: true });
  return json<RateAnswer>({ ...noRateAnswer, done: result.outcome, openedVersion: result.version });
}

export const meta: MetaFunction = () => [{ title: "Shipping rate · Atomic Orders" }];

export default function ShippingSettingsPage() {
  const { saved, currency, asked } = useLoaderData<typeof loader>();
  const answer = useLastAnswer<RateAnswer>() ?? null;
  return (
    <Page
      title="Shipping rate"
      back={{ to: "/app/settings", label: "Settings" }}
      subtitle="For orders that come without shipping lines, such as imports and orders made by other apps. Shopify's own shipping is never changed."
    >
      <ShippingSettings saved={saved} currency={currency} asked={asked} answer={answer} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
