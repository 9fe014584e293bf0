/**
 * Prints the PDF of a frame. A browser that keeps its reader to itself opens the PDF instead, where it can be printed.
 * @param href the PDF's own address
 */
export function printFrame(frameId: string, href: string): void {
  const frame = document.getElementById(frameId);
  try {
    if (!(frame instanceof HTMLIFrameElement) || !frame.contentWindow) throw new Error("there is no frame");
    frame.contentWindow.focus();
    frame.contentWindow.print();
  } catch {
    window.open(href, "_blank", "noreferrer");
  }
}
