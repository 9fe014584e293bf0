import { redirect } from "@remix-run/node";
import { pageSessionField } from "./page-session-field.ts";

/**
 * Leads on after a form was done. A browser without JavaScript has only the address to carry its page session in;
 * App Bridge signs its own requests and needs none there.
 */
export function redirectAfterForm(
  request: Request,
  form: FormData,
  address: string,
  shopDomain: string,
): Response {
  const [path = "", query] = address.split("?");
  const search = new URLSearchParams(query);
  const session = request.headers.has("Authorization") ? null : form.get(pageSessionField);
  if (typeof session === "string") {
    // The shop lets an ended session answer with a page that the admin may frame.
    search.set("shop", shopDomain);
    search.set(pageSessionField, session);
  }
  return redirect(search.size > 0 ? `${path}?${search}` : path);
}
