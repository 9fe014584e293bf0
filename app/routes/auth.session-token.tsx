import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseShopDomain } from "../shops/shop.ts";
import { MessagePage } from "../ui/message-page.tsx";

/**
 * The bounce page: a document without a session token comes here, App Bridge loads, finds the address in
 * `shopify-reload` and goes there with a fresh token. The frame must be allowed before anybody is signed in.
 */
export function loader({ request, context }: LoaderFunctionArgs) {
  context.shopDomain = parseShopDomain(new URL(request.url).searchParams.get("shop"));
  return null;
}

export default function SessionTokenPage() {
  return (
    <MessagePage title="Signing you in">
      <p role="status">One moment: Shopify confirms who you are.</p>
      <noscript>
        Signing in needs JavaScript once. Open the app again from your Shopify admin, or allow scripts for
        this page.
      </noscript>
    </MessagePage>
  );
}
