import { json, type LinksFunction, type MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { scrollKey } from "./orders/scroll-key.ts";
import { appBridgeScript } from "./security-headers.server.ts";
import stylesheet from "./styles.css?url";
import { ErrorPage } from "./ui/error-page.tsx";
import { useNonce } from "./ui/nonce.ts";
import { webProcess } from "./web-process.server.ts";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: MetaFunction = () => [{ title: "Atomic Orders" }];

export function loader() {
  const { env } = webProcess();
  return json({ apiKey: env.SHOPIFY_API_KEY, appBridge: appBridgeScript(env) });
}

/** It never changes while a page is open, and live updates read everything else often. */
export const shouldRevalidate = () => false;

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const root = useRouteLoaderData<typeof loader>("root");
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {root && <meta name="shopify-api-key" content={root.apiKey} />}
        {root && <script src={root.appBridge} />}
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} getKey={scrollKey} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
