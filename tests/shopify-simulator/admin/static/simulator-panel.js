/** The simulator's panel: every button is one call of the control API. */
(() => {
  const POLL_MS = 1500;
  const { shop } = document.body.dataset;
  const find = (id) => document.getElementById(id);
  const panel = find("simulator-panel");
  const toggle = find("toggle-panel");
  const picked = find("picked-order");
  const status = find("panel-status");
  const shopPath = `/control/shops/${shop}`;

  async function call(method, path, body) {
    const response = await fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error ?? `The simulator answered ${response.status}`);
    return answer;
  }

  /** Runs one control, says how it went, and shows what became of the orders. */
  async function run(label, work) {
    try {
      await work();
      status.textContent = `${label}: done`;
    } catch (error) {
      status.textContent = `${label}: ${error.message}`;
    }
    await refresh();
  }

  async function refreshOrders() {
    const { orders } = await call("GET", `${shopPath}/orders?limit=30`);
    const before = picked.value;
    picked.replaceChildren(
      ...orders.map((order) => {
        const words = [order.name, order.customer ?? "guest", order.total, order.financialStatus];
        if (order.fulfillmentStatus) words.push(order.fulfillmentStatus);
        if (order.cancelledAt) words.push("cancelled");
        return new Option(words.join(" · "), order.id);
      }),
    );
    if (orders.some((order) => order.id === before)) picked.value = before;
  }

  function deliveryRow(delivery) {
    const row = document.createElement("tr");
    const cell = (text) => {
      const one = document.createElement("td");
      one.textContent = text;
      row.append(one);
      return one;
    };
    cell(delivery.topic).title = `${delivery.webhookId} ${delivery.triggeredAt}`;
    const answer = delivery.status === "dropped" ? "dropped" : (delivery.statusCode ?? delivery.error ?? "…");
    cell(String(answer)).className = delivery.status;
    cell(String(delivery.attempts));
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "↻";
    again.setAttribute("aria-label", `Send ${delivery.topic} again`);
    again.addEventListener(
      "click",
      () => void run("Redeliver", () => call("POST", `/control/deliveries/${delivery.id}/redeliver`)),
    );
    cell("").append(again);
    return row;
  }

  async function refreshDeliveries() {
    const body = find("deliveries");
    // Replacing rows would throw the keyboard focus away from a button that is being used.
    if (body.contains(document.activeElement)) return;
    const { deliveries } = await call("GET", `/control/deliveries?limit=20&shop=${shop}`);
    body.replaceChildren(...deliveries.map(deliveryRow));
  }

  async function refresh() {
    try {
      await Promise.all([document.activeElement === picked ? null : refreshOrders(), refreshDeliveries()]);
      find("app-status").textContent = (await call("GET", shopPath)).appStatus;
    } catch (error) {
      status.textContent = error.message;
    }
  }

  async function readKnobs() {
    const faults = await call("GET", "/control/faults");
    for (const input of find("faults").elements) if (input.name in faults) input.value = faults[input.name];
    find("next-expired").value = (await call("GET", "/control/tokens")).nextExpired;
  }

  function showPanel(open) {
    panel.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("panel-open", open);
    sessionStorage.setItem("panel", open ? "open" : "closed");
    if (open) {
      readKnobs().catch((error) => {
        status.textContent = error.message;
      });
      void refresh();
    }
  }

  function actionRequest(name) {
    const note = find("note-text").value;
    const company = find("carrier").value || undefined;
    const number = find("tracking-number").value || undefined;
    const requests = {
      note: ["note", note ? { note } : {}],
      fulfil: ["fulfil", { company, number }],
      track: ["track", { company, number }],
      "refund-full": ["refund", { full: true }],
    };
    return requests[name] ?? [name, {}];
  }

  toggle.addEventListener("click", () => showPanel(panel.hidden));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    showPanel(false);
    toggle.focus();
  });
  async function createOrder() {
    const { orders } = await call("POST", `${shopPath}/orders`);
    await refreshOrders();
    picked.value = orders[0].id;
  }
  find("create-order").addEventListener("click", () => void run("Create order", createOrder));
  find("burst").addEventListener("submit", (event) => {
    event.preventDefault();
    const count = Number(new FormData(event.target).get("count"));
    void run(`Create ${count} orders`, () => call("POST", `${shopPath}/orders`, { count }));
  });
  for (const button of panel.querySelectorAll("[data-action]")) {
    button.addEventListener("click", () => {
      const [action, body] = actionRequest(button.dataset.action);
      void run(button.textContent, () => call("POST", `${shopPath}/orders/${picked.value}/${action}`, body));
    });
  }
  find("faults").addEventListener("input", (event) => {
    if (!event.target.validity.valid || event.target.value === "") return;
    void run("Faults", () =>
      call("PUT", "/control/faults", { [event.target.name]: Number(event.target.value) }),
    );
  });
  find("next-expired").addEventListener("input", (event) => {
    void run("Tokens", () => call("PUT", "/control/tokens", { nextExpired: Number(event.target.value) }));
  });
  const reload = (path) => async () => {
    await call("POST", `${shopPath}/${path}`);
    location.reload();
  };
  find("uninstall").addEventListener("click", () => void run("Uninstall", reload("uninstall")));
  find("reinstall").addEventListener("click", () => void run("Reinstall", reload("reinstall")));
  find("install-app")?.addEventListener("click", () => void run("Install", reload("reinstall")));

  setInterval(() => {
    if (!panel.hidden && !document.hidden) void refresh();
  }, POLL_MS);
  showPanel(sessionStorage.getItem("panel") === "open");
})();
