import type { SimulatedShop, StaffUser } from "../simulated-shop.ts";
import { html } from "./html.ts";
import { pageShell } from "./page-shell.ts";
import { simulatorPanel } from "./simulator-panel.ts";

interface AppPage {
  shop: SimulatedShop;
  user: StaffUser;
  apiKey: string;
  appUrl: string;
  frameUrl: string;
}

const navigation = ["Home", "Orders", "Products", "Customers"];

function content({ shop, frameUrl }: AppPage) {
  if (shop.appStatus === "uninstalled") {
    return html`<main class="content empty"><h1>The app is not installed</h1>
<p>${shop.name} has removed it. Opening it again installs it anew.</p>
<button type="button" id="install-app" class="primary">Install app</button></main>`;
  }
  return html`<main class="content"><iframe id="app-frame" src="${frameUrl}" title="Atomic Orders" allow="clipboard-write"></iframe></main>`;
}

/** The admin around the embedded app. */
export function appPage(page: AppPage): string {
  const { shop, user, apiKey, appUrl } = page;
  const name = shop.domain.replace(".myshopify.com", "");
  const items = navigation.map((label) => html`<li><span class="greyed">${label}</span></li>`);
  const users = shop.users.map((one) =>
    one.id === user.id
      ? html`<option value="${one.id}" selected>${one.firstName} ${one.lastName}</option>`
      : html`<option value="${one.id}">${one.firstName} ${one.lastName}</option>`,
  );
  return pageShell({
    title: `${shop.name} · Atomic Orders`,
    data: {
      shop: shop.domain,
      user: String(user.id),
      "default-user": String(shop.users[0]?.id ?? ""),
      base: `/store/${name}/apps/${apiKey}`,
      "app-origin": new URL(appUrl).origin,
    },
    scripts: ["/static/admin-frame.js", "/static/simulator-panel.js"],
    topBar: html`<span class="shop-name">${shop.name}</span>
<label class="user">Staff<select id="user">${users}</select></label>
<button type="button" id="toggle-panel" aria-expanded="false" aria-controls="simulator-panel">Simulator</button>`,
    body: html`<div class="layout">
<nav class="side-nav" aria-label="Admin"><ul>${items}<li><a href="/store/${name}/apps/${apiKey}/app" aria-current="page">Apps · Atomic Orders</a></li></ul></nav>
${content(page)}
${simulatorPanel(shop)}
</div>
<div id="loading-bar" class="loading-bar" hidden></div>
<div id="toast" class="toast" role="status" aria-live="polite"></div>`,
  });
}
