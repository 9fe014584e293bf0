import { type ReactNode, useLayoutEffect, useRef } from "react";

interface ModalDialogProps {
  /** The id of its heading, or its name. */
  labelledBy?: string;
  label?: string;
  onClose(): void;
  className?: string;
  children: ReactNode;
}

/**
 * A dialog that only a script opens: modal, closed by Esc or a click beside it. The browser keeps the focus inside and
 * gives it back.
 */
export function ModalDialog({ labelledBy, label, onClose, className = "", children }: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closing while still in the document is what gives the focus back, so it cannot wait until after.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Esc
    <dialog
      ref={dialog}
      aria-labelledby={labelledBy}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className={`fixed inset-x-0 m-auto w-[calc(100%-2rem)] overflow-hidden rounded-card bg-surface text-ink shadow-raised backdrop:bg-[rgb(0_0_0/0.5)] ${className}`}
    >
      {children}
    </dialog>
  );
}
