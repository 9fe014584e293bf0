import { parseMessage } from "../outbox/parse-message.ts";
import type { CaughtMessage } from "../outbox/smtp-catcher.ts";
import { html } from "./html.ts";
import { pageShell } from "./page-shell.ts";

/** Every mail that the app has sent, newest first. */
export function outboxPage(messages: CaughtMessage[]): string {
  const rows = messages
    .map((message, index) => ({ message, index, subject: parseMessage(message.raw).subject }))
    .reverse()
    .map(
      ({ message, index, subject }) => html`<tr>
<td><a href="/outbox/${index}">${subject || "(no subject)"}</a></td>
<td class="to">${message.to.join(", ")}</td><td class="time">${message.receivedAt.slice(0, 19).replace("T", " ")}</td></tr>`,
    );
  const table = html`<div class="scrolls"><table><thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Taken</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
  return pageShell({
    title: "Outbox · simulator",
    body: html`<main class="shop-list outbox"><h1>Outbox</h1>
<p>E-mails that the app has sent. They were caught here and went to nobody. One to an address at
refused.example is refused at once, one at bounces.example comes back a moment later, and on the way to lost.example the
connection is lost.</p>
${messages.length > 0 ? table : html`<p>Nothing yet.</p>`}</main>`,
  });
}

/** One caught mail with its attachments. */
export function outboxMessagePage(message: CaughtMessage, index: number): string {
  const { headers, subject, text, attachments } = parseMessage(message.raw);
  const shown = ["from", "to", "reply-to", "date", "message-id"].flatMap((name) => {
    const value = headers.get(name);
    return value ? [html`<dt>${name}</dt><dd>${value}</dd>`] : [];
  });
  const files = attachments.map(
    ({ name, bytes }, at) =>
      html`<li><a href="/outbox/${index}/attachments/${at}" download>${name}</a> (${bytes.byteLength} bytes)</li>`,
  );
  return pageShell({
    title: `${subject} · Outbox · simulator`,
    body: html`<main class="shop-list outbox"><p><a href="/outbox">Outbox</a></p><h1>${subject}</h1>
<dl>${shown}</dl><pre>${text}</pre><h2>Attachments</h2><ul>${files}</ul></main>`,
  });
}
