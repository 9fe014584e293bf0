export interface ErrorDescription {
  title: string;
  advice: string;
}

/** What it means that a screen got no answer at all. */
export const noConnection: ErrorDescription = {
  title: "No connection",
  advice: "This could not be loaded because the server does not answer. Check your network and try again.",
};

/** What an error's status means to a merchant, and what to do about it. */
export function describeError(status: number): ErrorDescription {
  switch (status) {
    case 401:
      return {
        title: "Your session has ended",
        advice:
          "Open the app again from your Shopify admin, under Apps. What was saved is safe; a form you had open is still there when you go back.",
      };
    case 403:
      return {
        title: "The app was uninstalled",
        advice:
          "Open Atomic Orders again from your Shopify admin to install it. What you typed in a form is kept in this tab.",
      };
    case 404:
      return {
        title: "Not found",
        advice:
          "There is nothing at this address: it may have been deleted at Shopify, or it belongs to another shop.",
      };
    case 405:
    case 422:
      return {
        title: "That did not work",
        advice: "The page sent something that we do not understand. Go back, reload the page and try again.",
      };
    case 503:
      return {
        title: "We are away for a moment",
        advice:
          "The database cannot be reached. What was saved is safe, and Shopify sends again whatever comes in meanwhile. Try again in a minute.",
      };
    default:
      return {
        title: "Something went wrong on our side",
        advice:
          "Your orders are safe. Try again in a moment; if it stays like this, tell support what you were doing and when.",
      };
  }
}
