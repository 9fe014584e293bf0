/** For somebody who opens the app's address directly: it lives inside the Shopify admin. */
export default function LandingPage() {
  return (
    <main className="p-6">
      <h1>Atomic Orders</h1>
      <p>Open Atomic Orders from your Shopify admin, under Apps.</p>
    </main>
  );
}
