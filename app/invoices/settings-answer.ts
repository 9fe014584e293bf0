import type { SettingsPart } from "./settings.ts";
import type { SettingsErrors, TypedSettings } from "./settings-typed.ts";

/** What the settings' action answers one card; what was typed comes back with every refusal. */
export interface SettingsAnswer {
  /** The card that was sent; the logo has one of its own. */
  part: SettingsPart | "logo" | null;
  done: "saved" | "unchanged" | "preview" | null;
  /** Null once it is saved: the card then shows what is stored. */
  typed: TypedSettings | null;
  /** The version that the card goes on from. */
  openedVersion: number | null;
  errors: SettingsErrors;
  /** Somebody else has saved meanwhile. */
  conflict: boolean;
  /** Why nothing was done, where no field is to blame. */
  refused: string | null;
}

export const noSettingsAnswer: SettingsAnswer = {
  part: null,
  done: null,
  typed: null,
  openedVersion: null,
  errors: {},
  conflict: false,
  refused: null,
};
