import { expect, test } from "vitest";
import { languages } from "../../app/documents/document.ts";
import { linkWords } from "../../app/documents/languages/link-words.ts";
import { mailWords } from "../../app/documents/languages/mail-words.ts";
import { describeDeliveryEvent } from "../../app/invoices/describe-delivery-event.ts";
import { cleanReply } from "../../app/mail/clean-reply.ts";
import { fillHeader, fillTemplate } from "../../app/mail/fill-template.ts";
import { isView } from "../../app/mail/is-view.ts";
import { recipientSchema } from "../../app/mail/mail.ts";
import { messageIdOf, parseMessageId } from "../../app/mail/mail-setup.ts";

test.each(languages)(
  "the mail in %s names number, order and seller, and nothing that stays a placeholder",
  (language) => {
    for (const words of Object.values(mailWords[language])) {
      const filled = `${words.subject}\n${words.body}`;
      for (const name of ["{number}", "{seller}"]) expect(words.subject, words.subject).toContain(name);
      for (const name of ["{number}", "{order}", "{seller}"]) expect(words.body, words.body).toContain(name);
      expect(fillTemplate(filled, { number: "1", order: "2", seller: "3" })).not.toMatch(/[{}]/);
    }
  },
);

test.each(languages)("the public page has every word in %s", (language) => {
  expect(Object.keys(linkWords[language]).sort()).toEqual(Object.keys(linkWords.en).sort());
  for (const word of Object.values(linkWords[language])) expect(word.trim()).not.toBe("");
});

test("a value that looks like a placeholder stays what it is", () => {
  const values = { number: "{seller}", order: "$&", seller: "Mug" };
  expect(fillTemplate("{number} {order} {other}", values)).toBe("{seller} $& {other}");
});

test("a header is one line of text, whatever is put into it", () => {
  const values = { number: "1\r\nBcc: x@y.z", order: "\u2028", seller: "\u0000" };
  expect(fillHeader("{number}{order}{seller}\n", values)).toBe("1 Bcc: x@y.z");
});

test("a mail server's sentence loses addresses, line breaks and what turns text around", () => {
  expect(cleanReply("550-5.1.1 <anna@example.com>:\r\n550 no \u202esuch user anna@example.com")).toBe(
    "550-5.1.1 (address): 550 no such user (address)",
  );
  expect(cleanReply("x".repeat(1_000))).toHaveLength(240);
});

test("a Message-ID leads back to its mail", () => {
  const [shopId, mailId] = [crypto.randomUUID(), crypto.randomUUID()];
  const messageId = messageIdOf("invoices@app.example", shopId, mailId);
  expect(messageId).toBe(`<${mailId}.${shopId}@app.example>`);
  expect(parseMessageId(messageId)).toEqual({ mailId, shopId });
});

test("an address as people type it is taken", () => {
  expect(recipientSchema.parse("  Anna.Berg+invoices@shop.example.com ")).toBe(
    "Anna.Berg+invoices@shop.example.com",
  );
});

test.each([
  [{}, "GET", true],
  [{}, "HEAD", false],
  [{ "Sec-Purpose": "prefetch" }, "GET", false],
  [{ Purpose: "prefetch" }, "GET", false],
  [{ "User-Agent": "Googlebot/2.1" }, "GET", false],
] as const)("%j %s is a look at the page: %s", (headers, method, expected) => {
  const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  const request = new Request("https://a.example/d/x", {
    method,
    headers: { "User-Agent": browser, ...headers },
  });
  expect(isView(request)).toBe(expected);
});

test("what happens to a document on its way is told in sentences without an address", () => {
  const told = { number: "INV-1", reason: "no such user", actorName: "Anna" };
  expect(describeDeliveryEvent("mail_bounced", told)).toBe("The e-mail with INV-1 bounced: no such user");
  expect(describeDeliveryEvent("link_created", told)).toBe("Anna made a public link to INV-1");
  expect(describeDeliveryEvent("toString", told)).toBeNull();
});
