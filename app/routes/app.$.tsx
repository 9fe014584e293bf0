import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireShop } from "../session.server.ts";
import { ErrorPage } from "../ui/error-page.tsx";

/** An address inside the app that leads nowhere says so inside the frame. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireShop({ request, context });
  throw new Response("Not found", { status: 404 });
}

export default function NoPage() {
  return null;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
