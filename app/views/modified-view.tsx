import { useRef } from "react";
import { AppForm } from "../ui/app-form.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Menu } from "../ui/menu.tsx";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import type { AnyAddress, ListScreen } from "./list-screen.ts";
import { maxNameLength, type Tab, viewSearch } from "./view.ts";
import { SeenView, ShownList, viewFormAction } from "./view-form-fields.tsx";

interface ModifiedViewProps {
  screen: ListScreen;
  address: AnyAddress;
  tab: Tab;
}

/** What to do with a list that is not any more what its view keeps. */
export function ModifiedView({ screen, address, tab }: ModifiedViewProps) {
  const { saved } = tab;
  const bar = useRef<HTMLDivElement>(null);
  useShortcuts("list", {
    view() {
      const menu = bar.current?.querySelector("details");
      if (!menu) return false;
      menu.open = true;
      menu.querySelector<HTMLInputElement>("input[name=name]")?.focus();
    },
  });
  return (
    <div
      ref={bar}
      className="relative flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface-subtle px-2 py-1.5"
    >
      <p className="mr-auto min-w-0 px-1.5 text-small [overflow-wrap:anywhere] text-ink-subtle">
        Not as in “{tab.name}”
      </p>
      <ButtonLink variant="plain" to={`${screen.path}${viewSearch(screen, tab)}`}>
        Discard
      </ButtonLink>
      <Menu label="Save as new view">
        <AppForm action={viewFormAction} preventScrollReset className="grid gap-3">
          <ShownList screen={screen} address={address} />
          <TextField label="Name of the new view" name="name" maxLength={maxNameLength} required />
          <label className="flex min-h-6 items-center gap-2">
            <input type="checkbox" name="team" className="size-4 accent-focus" />
            Share with the team
          </label>
          <Button type="submit" name="intent" value="create" variant="primary">
            Save view
          </Button>
        </AppForm>
      </Menu>
      {saved && (
        <AppForm action={viewFormAction} preventScrollReset>
          <ShownList screen={screen} address={address} />
          <SeenView view={saved} />
          <Button type="submit" name="intent" value="update" variant="primary">
            {saved.team ? "Save for the team" : "Save"}
          </Button>
        </AppForm>
      )}
    </div>
  );
}
