import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { type ClientActionFunctionArgs, useActionData, useLoaderData, useParams } from "@remix-run/react";
import { keepLastAnswer } from "../live/keep-last-answer.ts";
import { leaveEditAddress } from "../orders/edit-address.ts";
import { type EditAnswer, noAnswer, readSubmitted } from "../orders/edit-answer.ts";
import { EditErrorDialog } from "../orders/edit-error-dialog.tsx";
import { editFormSchema, readChoices } from "../orders/edit-form.ts";
import { editOrder } from "../orders/edit-order.server.ts";
import { EditOrderDialog } from "../orders/edit-order-dialog.tsx";
import { listLastFieldChanges } from "../orders/field-changes.server.ts";
import { orderIdSchema } from "../orders/order.ts";
import { findEditableOrder } from "../orders/orders.server.ts";
import { readForm } from "../read-form.server.ts";
import { redirectAfterForm } from "../redirect-after-form.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.order?.name ?? "order"} · Atomic Orders` },
];

/** A missing order is an answer and not an error: a form that was open keeps what was typed in it. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const orderId = orderIdSchema.safeParse(params.orderId);
  if (!orderId.success) return json({ order: null, changes: {} }, { status: 404 });
  const { db } = webProcess();
  const [order, changes] = await Promise.all([
    findEditableOrder(db, shopId, orderId.data),
    listLastFieldChanges(db, shopId, orderId.data),
  ]);
  return json({ order, changes }, { status: order ? 200 : 404 });
}

export const clientLoader = keepLastAnswer();

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, shop, actor } = await requireShop({ request, context });
  const fields = await readForm(request);
  const submitted = readSubmitted(fields);
  const answer = (status: number, said: Partial<EditAnswer>) =>
    json<EditAnswer>({ ...noAnswer, submitted, ...said }, { status });

  const orderId = orderIdSchema.safeParse(params.orderId);
  if (!orderId.success) return answer(404, { gone: true });
  const form = editFormSchema.safeParse(Object.fromEntries(fields));
  if (!form.success) return answer(422, { errors: form.error.flatten().fieldErrors });

  const { version: openedVersion, openedNote, decidedVersion, intent, answer: wanted, ...edit } = form.data;
  const choices = readChoices(fields, intent);
  const result = await editOrder(webProcess().db, {
    shopId,
    orderId: orderId.data,
    openedVersion,
    decidedVersion,
    choices,
    edit,
    opened: { note: openedNote },
    actor,
  });
  switch (result.outcome) {
    case "saved":
    case "unchanged":
      if (wanted === "data") return answer(200, { saved: { version: result.version } });
      return redirectAfterForm(request, fields, afterSave(request, result), shop.domain);
    case "refused":
      return answer(422, { errors: { status: [result.reason] } });
    case "conflict":
      return answer(409, { conflict: result });
    case "not_found":
      return answer(404, { gone: true });
  }
}

/** A save that gets no answer must not take the form away: it is told like any other refusal. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<EditAnswer> {
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (!(error instanceof Response) || error.status >= 500) return { ...noAnswer, trouble: "unreachable" };
    if (error.status === 401) return { ...noAnswer, trouble: "signed_out" };
    if (error.status === 403) return { ...noAnswer, trouble: "uninstalled" };
    throw error;
  }
}

/** Where the dialog was opened, with what the save did for the page to announce. */
function afterSave(
  request: Request,
  result: { outcome: string; version: number; takenOver: string[] },
): string {
  const [path, query] = leaveEditAddress(new URL(request.url)).split("?");
  const search = new URLSearchParams(query);
  search.set("saved", [result.outcome, result.version, ...result.takenOver].join("."));
  return `${path}?${search}`;
}

export default function EditOrderRoute() {
  const { order, changes } = useLoaderData<typeof loader>();
  const answer = useActionData<EditAnswer>() ?? null;
  const { orderId = "" } = useParams();
  return <EditOrderDialog key={orderId} orderId={orderId} order={order} changes={changes} answer={answer} />;
}

export function ErrorBoundary() {
  return <EditErrorDialog />;
}
