import { MessagePage } from "../ui/message-page.tsx";

/** For somebody who opens the app's address directly: it lives inside the Shopify admin. */
export default function LandingPage() {
  return (
    <MessagePage title="Atomic Orders">
      <p>Atomic Orders works inside your Shopify admin. Open it there, under Apps.</p>
      <p>Not installed yet? Install it from the Shopify App Store; your orders appear by themselves.</p>
    </MessagePage>
  );
}
