import { type ReactNode, useRef } from "react";
import { useBrowserLayoutEffect } from "../ui/use-browser-layout-effect.ts";

interface EditDialogProps {
  labelledBy: string;
  /** Esc, or the browser's own way of closing. */
  onCancel(): void;
  /** A save is under way: nobody can tell yet what closing would mean. */
  locked?: boolean;
  children: ReactNode;
}

/**
 * The dialog. It comes from the server open, so that it works without a script; with one it becomes modal: the
 * browser then keeps the focus inside, closes on Esc, and gives the focus back to whatever opened it.
 */
export function EditDialog({ labelledBy, onCancel, locked = false, children }: EditDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useBrowserLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    // Not close(): that would report a close nobody asked for.
    element.removeAttribute("open");
    element.showModal();
    element.querySelector<HTMLElement>("select, input:not([type=hidden]), button")?.focus();
    // Closing while still in the document is what gives the focus back.
    return () => element.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      open
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        event.preventDefault();
        if (!locked) onCancel();
      }}
      onClose={() => {
        // React closes and opens it again when it checks its effects in development.
        if (dialog.current?.open) return;
        // A second Esc closes it whatever the first was told.
        if (locked) dialog.current?.showModal();
        else onCancel();
      }}
      className={
        "fixed inset-0 z-30 m-auto h-fit max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] max-w-xl flex-col overflow-hidden " +
        "rounded-card bg-surface text-ink shadow-raised open:flex backdrop:bg-[rgb(0_0_0/0.5)] " +
        // Without a script there is no backdrop; a shadow as wide as the page stands in.
        "[&:not(:modal)]:shadow-[0_0_0_100vmax_rgb(0_0_0/0.5)] " +
        "max-sm:max-h-none max-sm:h-dvh max-sm:w-full max-sm:max-w-none max-sm:rounded-none"
      }
    >
      {children}
    </dialog>
  );
}
