import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type BulkActionId, bulkActionIdSchema } from "../bulk/bulk-action.ts";
import { BulkActionPage } from "../bulk/bulk-action-page.tsx";
import { findBulkAction, findBulkWarning, previewBulkAction } from "../bulk/bulk-actions.server.ts";
import { kindButtons } from "../bulk/bulk-kind.ts";
import { parseBulkPage } from "../bulk/bulk-page-address.ts";
import { isDraft } from "../bulk/bulk-state.ts";
import { cancelAction } from "../bulk/cancel-bulk-action.server.ts";
import { listBulkItems } from "../bulk/list-bulk-items.server.ts";
import { parseChosen } from "../bulk/parse-chosen.ts";
import { chooseBulkChange, startBulkAction } from "../bulk/start-bulk-action.server.ts";
import { retryBulkAction, undoBulkAction } from "../bulk/undo-bulk-action.server.ts";
import { bulkKinds } from "../bulk-kinds.server.ts";
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
  const bulkAction = await findBulkAction(db, bulkKinds, shop.id, requireId(params.bulkId));
  if (!bulkAction) throw notFound();
  const address = parseBulkPage(new URL(request.url).searchParams);
  const [items, preview, warning] = await Promise.all([
    listBulkItems(db, bulkKinds, shop, bulkAction, address),
    previewBulkAction(db, bulkKinds, shop.id, bulkAction),
    findBulkWarning(db, bulkKinds, shop.id, bulkAction),
  ]);
  return json({ bulkAction, address, items, preview, warning, buttons: kindButtons(bulkKinds) });
}

export const clientLoader = keepLastAnswer(({ pathname, search }) => pathname + search);

const refuse = (message: string, kind = "") => json({ message, kind }, { status: 422 });

/** The steps of an action: choose, start, undo, try the rest again. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, shop, actor } = await requireShop({ request, context });
  const id = requireId(params.bulkId);
  const form = await readForm(request);
  const { db } = webProcess();
  const bulkAction = await findBulkAction(db, bulkKinds, shopId, id);
  if (!bulkAction) throw notFound();
  const services = { db, queue: await webProcess().queue(), kinds: bulkKinds };
  const goTo = (to: BulkActionId) => redirectAfterForm(request, form, `/app/bulk/${to}`, shop.domain);
  switch (form.get("intent")) {
    case "choose": {
      const kind = String(form.get("kind"));
      if (isDraft(bulkAction.state) && !bulkAction.canChoose)
        return refuse("What this does is settled.", kind);
      const change = parseChosen(bulkKinds, kind, Object.fromEntries(form));
      if (change.outcome === "invalid") return refuse(change.message, kind);
      await chooseBulkChange(services, shopId, id, change);
      return goTo(id);
    }
    case "start":
      await startBulkAction(services, { shopId, id, actor });
      return goTo(id);
    case "stop":
      await cancelAction(db, shopId, id);
      return goTo(id);
    case "undo": {
      const undo = await undoBulkAction(services, { shopId, id, actor });
      return "id" in undo ? goTo(undo.id) : refuse("There is nothing to undo.");
    }
    case "retry": {
      const retry = await retryBulkAction(services, { shopId, id, actor });
      return retry.outcome === "drafted" ? goTo(retry.id) : refuse("There is nothing left to try.");
    }
    default:
      return refuse("That is no action of this page. Reload it.");
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? data.bulkAction.title : "Bulk action"} · Atomic Orders` },
];

export default function BulkActionRoute() {
  const data = useLoaderData<typeof loader>();
  const answer = useLastAnswer<typeof action>();
  return <BulkActionPage {...data} answer={answer ?? null} />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
