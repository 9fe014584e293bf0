import { useRouteLoaderData } from "@remix-run/react";

/** What the frame knows and every screen may ask for. */
export interface AppData {
  shop: { name: string; domain: string; timeZone: string; currency: string };
  userId: string | null;
  userName: string;
  /** For forms and links without JavaScript; see app/page-session-field.ts. */
  pageSession: string;
}

/** The shop, the person and the page session of the frame; undefined on pages outside it. */
export const useAppData = () => useRouteLoaderData<AppData>("routes/app");
