import type { Html } from "./html.ts";
import { html } from "./html.ts";

interface PageShell {
  title: string;
  /** Data for the page's scripts, as data-* attributes: the page allows no inline script. */
  data?: Record<string, string>;
  scripts?: string[];
  topBar?: Html;
  body: Html;
}

/** The dark bar and the frame every page of the admin look-alike has. */
export function pageShell({ title, data = {}, scripts = [], topBar = html``, body }: PageShell): string {
  const attributes = Object.entries(data).map(([name, value]) => html` data-${name}="${value}"`);
  const tags = scripts.map((src) => html`<script src="${src}" defer></script>`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/admin.css">
${tags}
</head>
<body${attributes}>
<header class="top-bar"><a class="brand" href="/">Shop admin <span class="badge">simulator</span></a>${topBar}</header>
${body}
</body>
</html>`.text;
}
