import { useLocation } from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";
import { buttonClass } from "./button.tsx";

interface MenuProps {
  /** What the button shows. */
  label: ReactNode;
  /** What it is called, where what it shows is no name. */
  name?: string;
  variant?: "primary" | "secondary" | "plain";
  children: ReactNode;
}

/**
 * A button with a panel below it. It opens without a script; with one it also closes by Escape, by a click beside
 * it and once what it was opened for is done. The panel hangs over what follows, so nothing around it may cut it off;
 * on a narrow screen it is as wide as the nearest positioned element around it.
 */
export function Menu({ label, name, variant = "secondary", children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const { key } = useLocation();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the next address answers whatever was asked for in here
  useEffect(() => {
    const close = () => {
      const menu = details.current;
      if (!menu?.open) return;
      // What has the focus is about to be hidden.
      if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
      menu.open = false;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && details.current?.contains(document.activeElement)) close();
    };
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && !details.current?.contains(target) && details.current)
        details.current.open = false;
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("pointerdown", onPointerDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("pointerdown", onPointerDown);
      close();
    };
  }, [key]);

  return (
    <details ref={details} className="sm:relative">
      <summary
        aria-label={name}
        className={buttonClass(variant, "list-none [&::-webkit-details-marker]:hidden")}
      >
        {label}
      </summary>
      <div className="absolute z-20 mt-1 rounded-card border border-line bg-surface p-3 shadow-raised max-sm:inset-x-2 sm:right-0 sm:w-72">
        {children}
      </div>
    </details>
  );
}
