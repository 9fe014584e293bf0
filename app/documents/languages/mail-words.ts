import type { DocumentKind, Language } from "../document.ts";

/** Subject and body of the mail that carries a document, where the shop has written none of its own. */
interface MailWords {
  subject: string;
  body: string;
}

/** `{number}`, `{order}` and `{seller}` stand for what the document says. */
export const mailWords = {
  en: {
    invoice: {
      subject: "Invoice {number} from {seller}",
      body: "Hello,\n\nthank you for your order {order}. Your invoice {number} is attached as a PDF.\n\nKind regards\n{seller}",
    },
    credit_note: {
      subject: "Credit note {number} from {seller}",
      body: "Hello,\n\nthe credit note {number} for your order {order} is attached as a PDF.\n\nKind regards\n{seller}",
    },
  },
  de: {
    invoice: {
      subject: "Rechnung {number} von {seller}",
      body: "Guten Tag,\n\nvielen Dank für Ihre Bestellung {order}. Die Rechnung {number} finden Sie als PDF im Anhang.\n\nFreundliche Grüße\n{seller}",
    },
    credit_note: {
      subject: "Rechnungskorrektur {number} von {seller}",
      body: "Guten Tag,\n\ndie Rechnungskorrektur {number} zu Ihrer Bestellung {order} finden Sie als PDF im Anhang.\n\nFreundliche Grüße\n{seller}",
    },
  },
  fr: {
    invoice: {
      subject: "Facture {number} de {seller}",
      body: "Bonjour,\n\nnous vous remercions de votre commande {order}. Vous trouverez la facture {number} en pièce jointe (PDF).\n\nCordialement\n{seller}",
    },
    credit_note: {
      subject: "Avoir {number} de {seller}",
      body: "Bonjour,\n\nvous trouverez en pièce jointe (PDF) l’avoir {number} relatif à votre commande {order}.\n\nCordialement\n{seller}",
    },
  },
  es: {
    invoice: {
      subject: "Factura {number} de {seller}",
      body: "Buenos días:\n\nGracias por su pedido {order}. Adjuntamos la factura {number} en PDF.\n\nUn cordial saludo\n{seller}",
    },
    credit_note: {
      subject: "Factura rectificativa {number} de {seller}",
      body: "Buenos días:\n\nAdjuntamos en PDF la factura rectificativa {number} de su pedido {order}.\n\nUn cordial saludo\n{seller}",
    },
  },
  it: {
    invoice: {
      subject: "Fattura {number} di {seller}",
      body: "Buongiorno,\n\ngrazie per il Suo ordine {order}. In allegato trova la fattura {number} in formato PDF.\n\nCordiali saluti\n{seller}",
    },
    credit_note: {
      subject: "Nota di credito {number} di {seller}",
      body: "Buongiorno,\n\nin allegato trova, in formato PDF, la nota di credito {number} relativa al Suo ordine {order}.\n\nCordiali saluti\n{seller}",
    },
  },
  nl: {
    invoice: {
      subject: "Factuur {number} van {seller}",
      body: "Goedendag,\n\nbedankt voor uw bestelling {order}. Factuur {number} vindt u als pdf in de bijlage.\n\nMet vriendelijke groet\n{seller}",
    },
    credit_note: {
      subject: "Creditnota {number} van {seller}",
      body: "Goedendag,\n\nde creditnota {number} bij uw bestelling {order} vindt u als pdf in de bijlage.\n\nMet vriendelijke groet\n{seller}",
    },
  },
  pl: {
    invoice: {
      subject: "Faktura {number} od {seller}",
      body: "Dzień dobry,\n\ndziękujemy za zamówienie {order}. W załączniku przesyłamy fakturę {number} w formacie PDF.\n\nZ poważaniem\n{seller}",
    },
    credit_note: {
      subject: "Faktura korygująca {number} od {seller}",
      body: "Dzień dobry,\n\nw załączniku przesyłamy w formacie PDF fakturę korygującą {number} do zamówienia {order}.\n\nZ poważaniem\n{seller}",
    },
  },
  ja: {
    invoice: {
      subject: "【{seller}】請求書 {number}",
      body: "お客様\n\nこの度はご注文（{order}）をいただき、誠にありがとうございます。請求書 {number} をPDFで添付いたしましたので、ご確認ください。\n\n{seller}",
    },
    credit_note: {
      subject: "【{seller}】返還請求書 {number}",
      body: "お客様\n\nご注文（{order}）に関する返還請求書 {number} をPDFで添付いたしましたので、ご確認ください。\n\n{seller}",
    },
  },
} satisfies Record<Language, Record<DocumentKind, MailWords>>;
