import { type ActionFunctionArgs, json, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { editFormSchema, readChoices } from "../orders/edit-form.ts";
import { editOrder } from "../orders/edit-order.server.ts";
import { orderIdSchema } from "../orders/order.ts";
import { findEditableOrder } from "../orders/orders.server.ts";
import { pageSessionField, requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

const notFound = () => new Response("Order not found", { status: 404 });

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const orderId = orderIdSchema.safeParse(params.orderId);
  const order = orderId.success ? await findEditableOrder(webProcess().db, shopId, orderId.data) : null;
  if (!order) throw notFound();
  return json({ order });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { shopId, actor } = await requireShop({ request, context });
  const orderId = orderIdSchema.safeParse(params.orderId);
  if (!orderId.success) throw notFound();
  const fields = await request.formData();
  const form = editFormSchema.safeParse(Object.fromEntries(fields));
  if (!form.success)
    return json({ errors: form.error.flatten().fieldErrors, refusal: null, conflict: null }, { status: 422 });

  const { version: openedVersion, decidedVersion, intent, ...edit } = form.data;
  const choices = readChoices(fields, intent);
  const result = await editOrder(webProcess().db, {
    shopId,
    orderId: orderId.data,
    openedVersion,
    decidedVersion,
    choices,
    edit,
    actor,
  });
  switch (result.outcome) {
    case "saved":
    case "unchanged":
      return redirect(afterSave(request, fields, result));
    case "refused":
      return json(
        { errors: { status: [result.reason] }, refusal: result.reason, conflict: null },
        { status: 422 },
      );
    case "conflict":
      return json({ errors: null, refusal: null, conflict: result }, { status: 409 });
    case "not_found":
      throw notFound();
  }
}

/** Back to where the dialog was opened, with what the save did for the page to announce. */
function afterSave(
  request: Request,
  form: FormData,
  result: { outcome: string; version: number; takenOver: string[] },
): string {
  const url = new URL(request.url);
  const target = new URLSearchParams(url.searchParams);
  target.delete("_data");
  const session = form.get(pageSessionField);
  if (typeof session === "string") target.set(pageSessionField, session);
  target.set(
    "saved",
    `${result.outcome}.${result.version}${result.takenOver.map((field) => `.${field}`).join("")}`,
  );
  const path = target.get("from") === "order" ? url.pathname.replace(/\/edit$/, "") : "/app/orders";
  target.delete("from");
  return `${path}?${target}`;
}

export default function EditOrderDialog() {
  const { order } = useLoaderData<typeof loader>();
  return <dialog open>{order.name}</dialog>;
}
