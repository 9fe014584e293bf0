import { type ActionFunctionArgs, json } from "@remix-run/node";
import { z } from "zod";
import { answerDataRequest } from "../customers/list-privacy-requests.server.ts";
import { readForm } from "../read-form.server.ts";
import { requireShop } from "../session.server.ts";
import { webProcess } from "../web-process.server.ts";

/**
 * Answers a data request with a file of everything stored about the customer. A route without a page, because
 * the action of a page answers with that page.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shopId } = await requireShop({ request, context });
  const requestId = z
    .string()
    .uuid()
    .safeParse((await readForm(request)).get("requestId"));
  const answer = requestId.success ? await answerDataRequest(webProcess().db, shopId, requestId.data) : null;
  if (!answer) throw new Response("There is no such request.", { status: 404 });
  return json(answer, { headers: { "Content-Disposition": 'attachment; filename="customer-data.json"' } });
}
