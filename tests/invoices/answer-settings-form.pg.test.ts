import { expect, test } from "vitest";
import { answerSettingsForm } from "../../app/invoices/answer-settings-form.server.ts";
import { findCurrentLogo } from "../../app/invoices/change-logo.server.ts";
import { findSavedSettings } from "../../app/invoices/settings-screen.server.ts";
import { toTypedSettings } from "../../app/invoices/settings-typed.ts";
import { findShop } from "../../app/shops/shops.server.ts";
import { createShop, openAppContext } from "../support/app-context.ts";
import { pngOf } from "./pictures.ts";

const context = openAppContext();

const actor = { kind: "merchant", id: "1", name: "Anna Berg" } as const;

async function openShop() {
  const { shopId } = await createShop(context.db);
  const shop = await findShop(context.db, shopId);
  if (!shop) throw new Error("the shop was created");
  const send = (fields: Record<string, string | Blob>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return answerSettingsForm(context.db, { shop, actor, fields: form });
  };
  const saved = () => findSavedSettings(context.db, shopId);
  /** A card as somebody has it open. */
  const open = async (part: "seller" | "mail" | "numbering") => {
    const { settings, version } = await saved();
    const typed = toTypedSettings(part, settings, shop.timeZone);
    return { part, intent: "save", version: String(version), opened: JSON.stringify(typed), ...typed };
  };
  return { shop, send, saved, open };
}

test("a save of one card does not stand in the way of another that was opened before it", async () => {
  const { send, saved, open } = await openShop();
  const [seller, mail] = [await open("seller"), await open("mail")];
  expect((await send({ ...seller, name: "Tea & Co" })).answer).toMatchObject({
    done: "saved",
    openedVersion: 1,
  });
  expect((await send({ ...mail, subject: "Your invoice" })).answer).toMatchObject({
    done: "saved",
    openedVersion: 2,
  });
  const { settings } = await saved();
  expect([settings.seller.name, settings.mail.subject]).toEqual(["Tea & Co", "Your invoice"]);
});

test("a save of the same card is refused with what was typed, and goes through once it is decided", async () => {
  const { send, saved, open } = await openShop();
  const [mine, theirs] = [await open("seller"), await open("seller")];
  await send({ ...theirs, name: "Coffee & Co" });
  const refused = await send({ ...mine, name: "Tea & Co" });
  expect(refused).toMatchObject({ status: 409, answer: { conflict: true, typed: { name: "Tea & Co" } } });
  expect((await saved()).settings.seller.name).toBe("Coffee & Co");

  await send({ ...mine, name: "Tea & Co", intent: "overwrite", theirVersion: "1" });
  expect((await saved()).settings.seller.name).toBe("Tea & Co");
});

test("a page that says nothing of what it was opened with is held to its version", async () => {
  const { send, open } = await openShop();
  const { opened: _, ...plain } = await open("mail");
  await send({ ...(await open("seller")), name: "Tea & Co" });
  expect(await send({ ...plain, subject: "Yours" })).toMatchObject({ status: 409 });
  expect(await send({ ...plain, opened: "no JSON", subject: "Yours" })).toMatchObject({ status: 409 });
});

test("the logo stays when the seller's card is saved, and the card when the logo changes", async () => {
  const { shop, send, saved, open } = await openShop();
  const card = await open("seller");
  expect(
    await send({ part: "logo", intent: "logo", file: new File([new Uint8Array(pngOf(64, 16))], "x.gif") }),
  ).toMatchObject({
    status: 200,
  });
  expect(await send({ ...card, name: "Tea & Co" })).toMatchObject({ status: 200 });
  expect((await saved()).settings.seller).toMatchObject({ name: "Tea & Co", logoSha256: expect.any(String) });
  expect((await findCurrentLogo(context.db, shop.id))?.mediaType).toBe("image/png");
  await send({ part: "logo", intent: "remove-logo" });
  expect(await findCurrentLogo(context.db, shop.id)).toBeNull();
  expect((await saved()).settings.seller.name).toBe("Tea & Co");
});

test("what is wrong is answered at its field, and nothing is saved", async () => {
  const { send, saved, open } = await openShop();
  const wrong = await send({ ...(await open("numbering")), "invoice.prefix": "INV-" });
  expect(wrong).toMatchObject({ status: 422, answer: { typed: { "invoice.prefix": "INV-" } } });
  expect(wrong.answer.errors["invoice.prefix"]).toContain("year");
  expect(await send({ part: "logo", intent: "logo", file: new File(["GIF89a"], "x.png") })).toMatchObject({
    status: 422,
    answer: { errors: { file: expect.stringContaining("neither") } },
  });
  expect(await send({ part: "nothing" })).toMatchObject({ status: 422 });
  expect((await saved()).version).toBe(0);
});
