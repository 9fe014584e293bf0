import { createContext, useContext } from "react";

/** The nonce of this answer's inline scripts; empty in the browser, where it is not needed any more. */
export const NonceContext = createContext("");

export const useNonce = () => useContext(NonceContext);
