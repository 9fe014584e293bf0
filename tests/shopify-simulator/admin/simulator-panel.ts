import type { SimulatedShop } from "../simulated-shop.ts";
import { html } from "./html.ts";

const orderActions = [
  ["edit", "Edit"],
  ["note", "Change note"],
  ["paid", "Mark paid"],
  ["fulfil", "Fulfil"],
  ["track", "Add tracking"],
  ["deliver", "Delivered"],
  ["refund", "Refund item"],
  ["refund-full", "Refund all"],
  ["cancel", "Cancel"],
  ["touch", "Echo"],
  ["redact", "Redact"],
  ["delete", "Delete"],
] as const;

const rates = [
  ["duplicateRate", "Duplicate share"],
  ["dropRate", "Drop share"],
  ["corruptRate", "Bad signature share"],
] as const;

/** The controls beside the app. Their script is static/simulator-panel.js. */
export function simulatorPanel(shop: SimulatedShop) {
  const buttons = orderActions.map(
    ([action, label]) => html`<button type="button" data-action="${action}">${label}</button>`,
  );
  const rateInputs = rates.map(
    ([name, label]) =>
      html`<label>${label}<input type="number" name="${name}" min="0" max="1" step="0.05" value="0"></label>`,
  );
  return html`<aside id="simulator-panel" class="panel" aria-label="Simulator" hidden>
<h2>Simulator</h2>
<p id="panel-status" role="status" class="status"></p>
<section aria-labelledby="panel-orders"><h3 id="panel-orders">Orders</h3>
<div class="row"><button type="button" id="create-order" class="primary">Create order</button></div>
<form id="burst" class="row"><label>How many<input type="number" name="count" min="1" max="5000" value="50"></label><button>Create burst</button></form>
<label>Order<select id="picked-order"></select></label>
<label>Note (empty: a random one)<input id="note-text" type="text" autocomplete="off"></label>
<label>Carrier<input id="carrier" type="text" placeholder="DHL" autocomplete="off"></label>
<label>Tracking number<input id="tracking-number" type="text" autocomplete="off"></label>
<div class="row actions">${buttons}</div></section>
<section aria-labelledby="panel-app"><h3 id="panel-app">App</h3>
<p>Status: <strong id="app-status">${shop.appStatus}</strong></p>
<div class="row"><button type="button" id="uninstall">Uninstall app</button><button type="button" id="reinstall">Reinstall app</button></div>
<label>Next session tokens expired<input type="number" id="next-expired" min="0" max="50" value="0"></label></section>
<form id="faults"><fieldset><legend>Delivery faults</legend>${rateInputs}
<label>Delay (ms)<input type="number" name="delayMs" min="0" step="100" value="0"></label>
<label>Shuffle window<input type="number" name="shuffleWindow" min="0" value="0"></label></fieldset></form>
<section aria-labelledby="panel-deliveries"><h3 id="panel-deliveries">Last deliveries</h3>
<div class="table-scroll" tabindex="0" role="region" aria-labelledby="panel-deliveries"><table>
<thead><tr><th scope="col">Topic</th><th scope="col">Answer</th><th scope="col">Tries</th><th scope="col"><span class="hidden-text">Again</span></th></tr></thead>
<tbody id="deliveries"></tbody></table></div></section>
</aside>`;
}
