/** The admin's side of App Bridge: session tokens, the address bar, toasts. Only the app's own frame is listened to. */
(() => {
  const TOAST_MS = 4000;
  const { shop, user, defaultUser, base, appOrigin } = document.body.dataset;
  const frame = document.getElementById("app-frame");
  const toast = document.getElementById("toast");
  const loadingBar = document.getElementById("loading-bar");
  let toastTimer = 0;

  const answer = (fields) => frame.contentWindow.postMessage({ source: "admin", ...fields }, appOrigin);

  async function sendToken(request) {
    try {
      const response = await fetch(`/session-token?${new URLSearchParams({ shop, user })}`);
      if (!response.ok) throw new Error(`The admin answered ${response.status}.`);
      const { token } = await response.json();
      answer({ type: "id-token", request, token });
    } catch (error) {
      answer({ type: "id-token", request, error: error.message });
    }
  }

  /** A reload of the admin then opens the same page of the app. */
  function showPath(path) {
    if (typeof path !== "string" || !path.startsWith("/") || path.startsWith("//")) return;
    const target = new URL(base + path, location.origin);
    if (user !== defaultUser) target.searchParams.set("user", user);
    history.replaceState(null, "", target);
  }

  function showToast(message, isError) {
    clearTimeout(toastTimer);
    toast.textContent = message;
    toast.classList.toggle("error", isError);
    toast.classList.toggle("shown", message !== "");
    if (message) toastTimer = setTimeout(() => toast.classList.remove("shown"), TOAST_MS);
  }

  window.addEventListener("message", (event) => {
    if (!frame || event.origin !== appOrigin || event.source !== frame.contentWindow) return;
    const { source, type, ...fields } = event.data ?? {};
    if (source !== "app-bridge") return;
    if (type === "id-token") void sendToken(fields.request);
    else if (type === "path") showPath(fields.path);
    else if (type === "toast") showToast(fields.message, fields.isError);
    else if (type === "loading") loadingBar.hidden = !fields.on;
  });

  document.getElementById("user").addEventListener("change", (event) => {
    const target = new URL(location.href);
    target.searchParams.set("user", event.target.value);
    location.assign(target);
  });
})();
