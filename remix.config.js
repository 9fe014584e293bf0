/**
 * The Remix options. vite.config.ts hands them to the Remix Vite plugin, so this file is their only home.
 *
 * v3_singleFetch stays off: under it `request.signal` may never abort once garbage has been collected
 * (nodejs/node#55428, remix-run/react-router#13601), and every event stream would leak its listener.
 *
 * @type {import("@remix-run/dev").VitePluginConfig}
 */
export default {
  appDirectory: "app",
  buildDirectory: "build",
  ssr: true,
  ignoredRouteFiles: ["**/.*"],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_lazyRouteDiscovery: false,
    v3_singleFetch: false,
  },
};
