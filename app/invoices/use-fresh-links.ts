import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/** Links to files are good for 15 minutes. */
const refreshMs = 10 * 60_000;

/** Keeps the links of a page that is left open good, by reading the page again before they end. */
export function useFreshLinks(): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const timer = setInterval(revalidate, refreshMs);
    return () => clearInterval(timer);
  }, [revalidate]);
}
