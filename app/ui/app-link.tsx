import { Link, type LinkProps, NavLink, type NavLinkProps } from "@remix-run/react";
import { useHydrated } from "remix-utils/use-hydrated";
import { pageSessionField } from "../page-session-field.ts";
import { useAppData } from "./use-app-data.ts";

export type AppLinkProps = Omit<LinkProps, "to"> & { to: string };

/**
 * A link within the app. Until a script runs it carries the page session, because a plain browser has no other
 * proof of who it is; afterwards App Bridge signs the requests and the address stays clean.
 */
export function AppLink({ to, ...props }: AppLinkProps) {
  return <Link to={useAppHref(to)} {...props} />;
}

/** A link of the navigation: it knows whether it leads to where we are (`aria-current`). */
export function AppNavLink({ to, ...props }: Omit<NavLinkProps, "to"> & { to: string }) {
  return <NavLink to={useAppHref(to)} {...props} />;
}

/** The address of a link as it must be rendered now; see {@link AppLink}. */
export function useAppHref(to: string): string {
  const hydrated = useHydrated();
  const app = useAppData();
  if (hydrated || !app) return to;
  const [path = "", query] = to.split("?");
  const search = new URLSearchParams(query);
  // The shop lets an ended session answer with a page that the admin may frame.
  search.set("shop", app.shop.domain);
  search.set(pageSessionField, app.pageSession);
  return `${path}?${search}`;
}
