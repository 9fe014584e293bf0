import type { ReactNode } from "react";
import { AppForm } from "../ui/app-form.tsx";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Menu } from "../ui/menu.tsx";
import type { AnyAddress, ListScreen } from "./list-screen.ts";
import { maxNameLength, type SavedView, type Tab } from "./view.ts";
import { SeenView, ShownList, viewFormAction } from "./view-form-fields.tsx";

interface ViewMenuProps {
  screen: ListScreen;
  address: AnyAddress;
  tab: Tab;
  /** The person's list opens with it. */
  isDefault: boolean;
  /** It is the list that opens when no other has been chosen. */
  isUsual: boolean;
}

/** What can be done with the view that is shown. */
export function ViewMenu({ screen, address, tab, isDefault, isUsual }: ViewMenuProps) {
  return (
    <Menu
      variant="plain"
      name={`Options of the view ${tab.name}`}
      label={
        <svg viewBox="0 0 20 20" className="size-4" fill="currentColor" aria-hidden="true">
          <circle cx="4" cy="10" r="1.6" />
          <circle cx="10" cy="10" r="1.6" />
          <circle cx="16" cy="10" r="1.6" />
        </svg>
      }
    >
      <div className="grid gap-3">
        {tab.saved && <ChangeView key={tab.saved.id} screen={screen} address={address} view={tab.saved} />}
        <AppForm action={viewFormAction} preventScrollReset className="grid gap-1">
          <ShownList screen={screen} address={address} />
          <input type="hidden" name="view" value={tab.key} />
          {isDefault ? (
            <p className="text-small text-ink-subtle">Your {screen.screen} open with this view.</p>
          ) : (
            <Item intent={isUsual ? "nodefault" : "default"}>Open {screen.screen} with this view</Item>
          )}
          {isDefault && !isUsual && <Item intent="nodefault">Open {screen.screen} with all again</Item>}
        </AppForm>
      </div>
    </Menu>
  );
}

function ChangeView({ screen, address, view }: { screen: ListScreen; address: AnyAddress; view: SavedView }) {
  return (
    <AppForm action={viewFormAction} preventScrollReset className="grid gap-3 border-b border-line pb-3">
      <ShownList screen={screen} address={address} />
      <SeenView view={view} />
      {/* First, because Enter in the field presses the first button. */}
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField label="Name" name="name" defaultValue={view.name} maxLength={maxNameLength} required />
        </div>
        <Button type="submit" name="intent" value="rename">
          Rename
        </Button>
      </div>
      <div className="grid gap-1">
        <div className="grid grid-cols-2 gap-1">
          <Item intent="left">← Move left</Item>
          <Item intent="right">Move right →</Item>
        </div>
        {view.team ? (
          <Item intent="unshare">Make private</Item>
        ) : (
          <Item intent="share">Share with the team</Item>
        )}
        <Item intent="delete">Delete view</Item>
      </div>
    </AppForm>
  );
}

function Item({ intent, children }: { intent: string; children: ReactNode }) {
  return (
    <button
      type="submit"
      name="intent"
      value={intent}
      formNoValidate
      className="min-h-8 w-full rounded-control px-2 py-1 text-left font-medium hover:bg-surface-hover"
    >
      {children}
    </button>
  );
}
