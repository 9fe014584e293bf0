/**
 * A stand-in for Shopify's App Bridge: the part of it this app uses.
 *
 * It is the first script of every app page. It asks the admin around the app for session tokens, puts one on every
 * same-origin fetch, and retries once with a new token when the app answers that the old one has expired.
 */
(() => {
  const TOKEN_TIMEOUT_MS = 5000;
  /** A token this close to its end is not used any more: it might expire on the way. */
  const TOKEN_MARGIN_MS = 10_000;
  const OWN_PARAMETERS = ["shop", "host", "embedded", "locale", "id_token", "hmac", "timestamp", "session"];

  const adminOrigin = new URL(document.currentScript.src).origin;
  const embedded = window.parent !== window;
  const query = new URLSearchParams(location.search);
  const realFetch = window.fetch.bind(window);
  const waiting = new Map();
  let lastRequest = 0;
  let cached = null;
  let asking = null;

  const tell = (type, fields) => {
    if (embedded) window.parent.postMessage({ source: "app-bridge", type, ...fields }, adminOrigin);
  };

  window.addEventListener("message", (event) => {
    if (event.origin !== adminOrigin || event.source !== window.parent) return;
    if (event.data?.source !== "admin" || event.data.type !== "id-token") return;
    waiting.get(event.data.request)?.(event.data);
    waiting.delete(event.data.request);
  });

  const expiresAt = (token) => {
    const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(payload)).exp * 1000;
  };

  const askForToken = () =>
    new Promise((resolve, reject) => {
      if (!embedded) {
        reject(new Error("This page is not open inside the Shopify admin, so there is no session token."));
        return;
      }
      lastRequest += 1;
      const request = lastRequest;
      const timer = setTimeout(() => {
        waiting.delete(request);
        reject(new Error("The Shopify admin did not answer the request for a session token."));
      }, TOKEN_TIMEOUT_MS);
      waiting.set(request, ({ token, error }) => {
        clearTimeout(timer);
        if (token) resolve(token);
        else reject(new Error(error ?? "The Shopify admin gave no session token."));
      });
      tell("id-token", { request });
    });

  /** Requests that start together share one token request. */
  const newToken = () => {
    asking ??= askForToken()
      .then((token) => {
        cached = { token, until: expiresAt(token) - TOKEN_MARGIN_MS };
        return token;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };

  const idToken = () => (cached && cached.until > Date.now() ? Promise.resolve(cached.token) : newToken());

  const leaveFrame = (address) => {
    const target = new URL(address, location.href);
    if (target.protocol === "https:" || target.protocol === "http:") window.open(target.href, "_top");
  };

  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!embedded || new URL(request.url).origin !== location.origin) return realFetch(input, init);
    request.headers.set("X-Requested-With", "XMLHttpRequest");
    if (request.headers.has("Authorization")) return realFetch(request);
    // Sending a request uses up its body, so the copy for a second try is made first.
    const spare = request.clone();
    request.headers.set("Authorization", `Bearer ${await idToken()}`);
    const response = await realFetch(request);
    const elsewhere = response.headers.get("X-Shopify-API-Request-Failure-Reauthorize-Url");
    if (elsewhere) leaveFrame(elsewhere);
    if (response.status !== 401 || response.headers.get("X-Shopify-Retry-Invalid-Session-Request") !== "1") {
      return response;
    }
    spare.headers.set("Authorization", `Bearer ${await newToken()}`);
    return realFetch(spare);
  };

  /** The address as the admin should show it: without what the admin added itself. */
  const tellPath = () => {
    const visible = new URL(location.href);
    for (const name of OWN_PARAMETERS) visible.searchParams.delete(name);
    tell("path", { path: visible.pathname + visible.search });
  };
  for (const method of ["pushState", "replaceState"]) {
    const original = history[method].bind(history);
    history[method] = (...given) => {
      original(...given);
      tellPath();
    };
  }
  window.addEventListener("popstate", tellPath);

  window.shopify = {
    config: {
      // The meta tag may come after this script, so it is read when asked for.
      get apiKey() {
        return document.querySelector('meta[name="shopify-api-key"]')?.content ?? "";
      },
      shop: query.get("shop") ?? "",
      host: query.get("host") ?? "",
      locale: query.get("locale") ?? "en",
    },
    environment: { embedded, mobile: false, pos: false },
    ready: Promise.resolve(),
    idToken,
    toast: {
      show: (message, options) => {
        tell("toast", { message: String(message), isError: options?.isError === true });
        return "toast";
      },
      hide: () => tell("toast", { message: "" }),
    },
    saveBar: {
      show: () => Promise.resolve(),
      hide: () => Promise.resolve(),
      toggle: () => Promise.resolve(),
      leaveConfirmation: () => Promise.resolve(),
    },
    loading: (on) => tell("loading", { on: on !== false }),
  };

  /** The app's bounce page: it has no token yet, and wants to be opened again with one. */
  const reload = query.get("shopify-reload");
  if (reload) {
    const target = new URL(reload, location.href);
    if (target.origin !== location.origin) return;
    newToken()
      .then((token) => {
        target.searchParams.set("id_token", token);
        location.replace(target.href);
      })
      .catch((error) => console.error(error));
    return;
  }
  tellPath();
})();
