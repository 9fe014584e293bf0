import type { ComponentProps } from "react";
import { AppLink, type AppLinkProps } from "./app-link.tsx";

export type ButtonVariant = "primary" | "secondary" | "plain" | "critical";

const shape =
  "inline-flex min-h-8 items-center justify-center gap-1.5 rounded-control px-3 py-1.5 text-small font-semibold " +
  "select-none whitespace-nowrap focus-visible:rounded-control " +
  "disabled:cursor-default disabled:bg-neutral disabled:text-ink-subtle disabled:shadow-none";

const looks: Record<ButtonVariant, string> = {
  primary: "bg-primary text-on-primary shadow-button hover:bg-primary-hover",
  secondary: "border border-line bg-surface text-ink shadow-button hover:bg-surface-hover",
  plain: "text-link hover:bg-surface-hover hover:underline",
  critical: "bg-critical-fill text-on-critical-fill shadow-button hover:bg-critical-fill-hover",
};

/** The classes of a button, for the rare element that is neither of the two below. */
export function buttonClass(variant: ButtonVariant = "secondary", extra = ""): string {
  return `${shape} ${looks[variant]} ${extra}`;
}

/** `busy` disables nothing by itself: a save under way must not take the focus from its button. */
export function Button({
  variant,
  busy = false,
  className,
  type = "button",
  ...props
}: ComponentProps<"button"> & { variant?: ButtonVariant; busy?: boolean }) {
  return (
    <button
      type={type}
      aria-busy={busy || undefined}
      className={buttonClass(variant, className)}
      {...props}
    />
  );
}

export function ButtonLink({ variant, className, ...props }: AppLinkProps & { variant?: ButtonVariant }) {
  return <AppLink className={buttonClass(variant, className)} {...props} />;
}
