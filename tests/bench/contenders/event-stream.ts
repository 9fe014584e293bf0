import { connect } from "node:net";

/** Orders as the stream names them. */
const orderId = /"orderId":"([^"]+)"/g;

/**
 * Opens a live stream over a bare socket and resolves once it has said hello.
 * @param hear gets the ids of the orders in each message
 * @returns the way to close it
 * @throws Error when the stream is refused
 */
export function openEventStream(
  url: URL,
  token: string,
  hear: (orderIds: string[]) => void,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port: Number(url.port), noDelay: true });
    let isOpen = false;
    let rest = "";
    socket.setEncoding("utf8");
    socket.once("error", reject);
    socket.once("close", () => reject(new Error(`the stream was closed: ${rest.slice(0, 200)}`)));
    socket.write(
      `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    socket.on("data", (text: string) => {
      rest += text;
      if (!isOpen && rest.includes("event: hello")) {
        isOpen = true;
        resolve(() => socket.destroy());
      }
      const end = rest.lastIndexOf("\n\n");
      if (end < 0) return;
      const ids = [...rest.slice(0, end).matchAll(orderId)].map(([, id = ""]) => id);
      rest = rest.slice(end + 2);
      if (ids.length > 0) hear(ids);
    });
  });
}
