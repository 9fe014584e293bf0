import { expect, test } from "vitest";
import { checkLogo, maxLogoBytes } from "../../app/invoices/check-logo.ts";
import { jpegOf, pngOf } from "./pictures.ts";

test("a PNG and a JPEG are known by their bytes", () => {
  expect(checkLogo(pngOf(320, 80))).toEqual({ outcome: "sound", mediaType: "image/png" });
  expect(checkLogo(jpegOf(320, 80))).toEqual({ outcome: "sound", mediaType: "image/jpeg" });
});

test("whatever else calls itself a picture is refused with the reason", () => {
  const reasonOf = (bytes: Uint8Array) => {
    const checked = checkLogo(bytes);
    return checked.outcome === "refused" ? checked.reason : null;
  };
  expect(reasonOf(Buffer.from("<svg onload='alert(1)'/>"))).toContain("neither a PNG nor a JPEG");
  expect(reasonOf(Buffer.from("GIF89a"))).toContain("neither");
  expect(reasonOf(pngOf(320, 80).subarray(0, -4))).toContain("damaged");
  expect(reasonOf(pngOf(60_000, 60_000))).toContain("4000 pixels");
  expect(reasonOf(Buffer.alloc(maxLogoBytes + 1))).toContain("512 KB");
  expect(reasonOf(Buffer.alloc(0))).toContain("Choose");
});
