import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type BulkActionId, bulkActionIdSchema, chosenChangeSchema } from "../bulk/bulk-action.ts";
import { BulkActionPage } from "../bulk/bulk-action-page.tsx";
import { findBulkAction, listBulkItems } from "../bulk/bulk-actions.server.ts";
import { parseBulkPage } from "../bulk/bulk-page-address.ts";
import { describeBulkAction } from "../bulk/describe-bulk-action.ts";
import { previewBulkAction } from "../bulk/preview-bulk-action.server.ts";
import {
  chooseBulkChange,
  retryBulkAction,
  startBulkAction,
  undoBulkAction,
} from "../bulk/start-bulk-action.server.ts";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { useLastAnswer } from "../ui/use-last-answer.ts";
import { webProcess } from "../web-process.server.ts";

const notFound = () => new Response("Bulk action not found", { status: 404 });

function requireId(id: string | undefined): BulkActionId {
  const parsed = bulkActionIdSchema.safeParse(id);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shop } = await requireShop({ request, context });
  const { db } = webProcess();
  const bulkAction = await findBulkAction(db, shop.id, requireId(params.bulkId));
  if (!bulkAction) throw notFound();
  const address = parseBulkPage(new URL(request.url).searchParams);
  const decided = bulkAction.state === "draft" && bulkAction.kind !== "undecided";
  const [items, preview] = await Promise.all([
    listBulkItems(db, shop, bulkAction, address),
    decided ? previewBulkAction(db, shop.id, bulkAction) : null,
  ]);
  return json({ bulkAction, address, items, preview });
}

export const clientLoader = keepLastAnswer(({ pathname, search }) => pathname + search);

const refuse = (message: string, kind = "") => json({ message, kind }, { status: 422 });

/** The steps of an action: choose, start, undo, try the rest again. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, shop, actor } = await requireShop({ request, context });
  const id = requireId(params.bulkId);
  const form = await readForm(request);
  const { db, queue } = webProcess();
  if (!(await findBulkAction(db, shopId, id))) throw notFound();
  const goTo = (to: BulkActionId) => redirectAfterForm(request, form, `/app/bulk/${to}`, shop.domain);
  switch (form.get("intent")) {
    case "choose": {
      const change = chosenChangeSchema.safeParse(Object.fromEntries(form));
      if (!change.success)
        return refuse(change.error.issues[0]?.message ?? "Choose what to change.", String(form.get("kind")));
      await chooseBulkChange(db, shopId, id, change.data);
      return goTo(id);
    }
    case "start":
      await startBulkAction(db, await queue(), { shopId, id, actor });
      return goTo(id);
    case "undo": {
      const undo = await undoBulkAction(db, await queue(), { shopId, id, actor });
      return "id" in undo ? goTo(undo.id) : refuse("There is nothing to undo.");
    }
    case "retry": {
      const retry = await retryBulkAction(db, { shopId, id, actor });
      return retry.outcome === "drafted" ? goTo(retry.id) : refuse("There is nothing left to try.");
    }
    default:
      return refuse("That is no action of this page. Reload it.");
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? describeBulkAction(data.bulkAction) : "Bulk action"} · Atomic Orders` },
];

export default function BulkActionRoute() {
  const data = useLoaderData<typeof loader>();
  const answer = useLastAnswer<typeof action>();
  return <BulkActionPage {...data} answer={answer ?? null} />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
