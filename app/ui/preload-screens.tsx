import { PrefetchPageLinks } from "@remix-run/react";
import { useEffect, useState } from "react";

/** Safari has no idle callback. */
const laterMs = 1_000;

/**
 * Fetches the code of every screen once the first one is up. Remix answers a click whose code cannot be fetched
 * with a full page load: offline, that would put the browser's own error page in the app's place. The screens'
 * data is not fetched, because each has a client loader.
 */
export function PreloadScreens({ addresses }: { addresses: readonly string[] }) {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    // Not without a network: a failed fetch would be that very page load.
    const begin = () => setIdle(navigator.onLine);
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(begin, laterMs);
      return () => clearTimeout(timer);
    }
    const callback = requestIdleCallback(begin, { timeout: laterMs });
    return () => cancelIdleCallback(callback);
  }, []);
  return idle ? addresses.map((address) => <PrefetchPageLinks key={address} page={address} />) : null;
}
