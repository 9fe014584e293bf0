import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { cleanReply } from "./clean-reply.ts";
import type { MailSetup } from "./mail-setup.ts";

/**
 * What came of handing a message to the mail server. `refused` is for good, by the mailbox or of the message;
 * `rejected` is for good too, but no fault of the mailbox; `later` may go better another time; after `unknown` the
 * server had the message and was lost before it answered, so it may have taken it.
 */
export type DeliveryOutcome =
  | { outcome: "accepted" }
  | { outcome: "refused" | "rejected" | "later" | "unknown"; reason: string };

/** All of it, in milliseconds; the transaction that waits for it must not idle for a minute. */
const limitMs = 45_000;

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

/**
 * Hands one message to the mail server over a connection of its own.
 *
 * Not through nodemailer's transport: only the connection lets us see whether the message itself was on its way when
 * it was lost, and that decides whether trying again may deliver it twice.
 * @param options `limitMs` for all of it
 */
export async function deliverMessage(
  { smtpUrl, from }: MailSetup,
  recipient: string,
  message: Buffer,
  options: { limitMs?: number } = {},
): Promise<DeliveryOutcome> {
  const { hostname, port, protocol, username, password } = new URL(smtpUrl);
  const isHere = /^(localhost|127\..*|\[::1\])$/.test(hostname);
  const connection = new SMTPConnection({
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port ? Number(port) : undefined,
    secure: protocol === "smtps:",
    // A password never crosses a network in the clear.
    requireTLS: protocol === "smtp:" && username !== "" && !isHere,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 5_000,
    // Our own lines carry no addresses; nodemailer's would.
    logger: false,
  });
  const given = { over: false };
  const timer = { handle: undefined as NodeJS.Timeout | undefined };
  try {
    await new Promise<void>((resolve, reject) => {
      timer.handle = setTimeout(() => reject(timedOut()), options.limitMs ?? limitMs);
      connection.once("error", reject);
      // The transaction ends here when the server closes quietly, which is no error to nodemailer.
      connection.once("end", () => reject(closed()));
      const send = () =>
        connection.send({ from, to: [recipient] }, readOnce(message, given), (error) =>
          error ? reject(error) : resolve(),
        );
      connection.connect((error) => {
        if (error) return reject(error);
        if (!username) return send();
        const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
        connection.login(credentials, (problem) => (problem ? reject(problem) : send()));
      });
    });
    return { outcome: "accepted" };
  } catch (error) {
    return judge(error as SmtpError, given.over);
  } finally {
    clearTimeout(timer.handle);
    connection.removeAllListeners("error").on("error", () => {}); // what comes after the answer changes nothing
    connection.close();
  }
}

/** A stream that notes when its bytes are asked for, which is once the server has said that it waits for them. */
function readOnce(message: Buffer, given: { over: boolean }): Readable {
  return new Readable({
    read() {
      given.over = true;
      this.push(message);
      this.push(null);
    },
  });
}

const timedOut = () => Object.assign(new Error("The mail server took too long."), { code: "ETIMEDOUT" });
const closed = () =>
  Object.assign(new Error("The mail server closed the connection."), { code: "ECONNECTION" });

/** Source of the rule: RFC 5321, 4.2.1 (4xx may be tried again, 5xx not) and 4.5.4 (when to give up). */
function judge({ code, responseCode, response, command }: SmtpError, givenOver: boolean): DeliveryOutcome {
  const reason = cleanReply(response ?? sentences[code ?? ""] ?? "The mail server could not be used.");
  if (responseCode === undefined || !command || command === "CONN") {
    if (givenOver) return { outcome: "unknown", reason };
    return { outcome: code === "EENVELOPE" || code === "EMESSAGE" ? "rejected" : "later", reason };
  }
  // A wrong password or a greeting of 554 is the operator's to mend; the mail is none the worse for it.
  if (responseCode < 500 || !/^(MAIL FROM|RCPT TO|DATA)/.test(command)) return { outcome: "later", reason };
  return { outcome: command === "MAIL FROM" ? "rejected" : "refused", reason };
}

const sentences: Record<string, string> = {
  ECONNECTION: "The connection to the mail server was lost.",
  ESOCKET: "The mail server could not be reached.",
  EDNS: "The mail server could not be found.",
  ETIMEDOUT: "The mail server took too long.",
  ETLS: "The mail server offers no encrypted connection.",
  EAUTH: "The mail server refused our sign-in.",
  EENVELOPE: "The address cannot be sent to.",
  EMESSAGE: "The message is larger than the mail server takes.",
};
