import { redirect } from "@remix-run/node";
import { pageSessionField } from "./page-session-field.ts";

/** Leads from a posted form to a screen of the app. A plain browser takes its session along in the address. */
export function redirectInApp(request: Request, form: FormData, to: string): Response {
  const [path, query] = to.split("?");
  const search = new URLSearchParams(query);
  // App Bridge signs its own requests, so a browser with scripts needs none.
  const session = request.headers.has("Authorization") ? null : form.get(pageSessionField);
  if (typeof session === "string") search.set(pageSessionField, session);
  return redirect(search.size > 0 ? `${path}?${search}` : (path ?? to));
}
