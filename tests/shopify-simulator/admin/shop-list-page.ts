import type { Simulator } from "../simulator.ts";
import { html } from "./html.ts";
import { pageShell } from "./page-shell.ts";

const statusWords = {
  available: "not opened yet",
  installed: "app installed",
  uninstalled: "app uninstalled",
} as const;

export function shopListPage({ config, shops }: Simulator): string {
  const cards = [...shops.values()].map((shop) => {
    const name = shop.domain.replace(".myshopify.com", "");
    const base = `/store/${name}/apps/${config.apiKey}/app`;
    const users = shop.users.map(
      (user) => html`<li><a href="${base}?user=${user.id}">as ${user.firstName} ${user.lastName}</a></li>`,
    );
    return html`<li class="card">
<h2><a href="${base}">${shop.name}</a></h2>
<p>${shop.domain} · ${shop.currency} · ${shop.timeZone}</p>
<p>${shop.orders.size} orders · ${statusWords[shop.appStatus]}</p>
<ul class="users">${users}</ul>
</li>`;
  });
  return pageShell({
    title: "Shops · simulator",
    body: html`<main class="shop-list"><h1>Shops</h1>
<p>A stand-in for the platform. Open a shop to see the app as its staff would.</p>
<ul class="cards">${cards}</ul>
<p><a href="/outbox">Outbox</a>: the e-mails that the app has sent.</p></main>`,
  });
}
