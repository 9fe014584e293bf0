/** Form field and query parameter of the session that pages carry for browsers without JavaScript. */
export const pageSessionField = "_session";
