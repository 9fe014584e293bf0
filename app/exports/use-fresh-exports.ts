import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/** While a file is written: its progress is for whoever looks at it, and no reason to make every screen read again. */
const progressMs = 1_000;

/** Links end after a quarter of an hour; a page that stays open gets new ones before. */
const renewMs = 10 * 60_000;

/** Reads the page again as long as somebody looks: often while a file is written, now and then for fresh links. */
export function useFreshExports(isWriting: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const read = () => {
      if (document.visibilityState === "visible") revalidate();
    };
    const timer = setInterval(read, isWriting ? progressMs : renewMs);
    document.addEventListener("visibilitychange", read);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", read);
    };
  }, [isWriting, revalidate]);
}
