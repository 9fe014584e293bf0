/**
 * An environment of exactly these variables, for a process that must not inherit ours. A dependency's types
 * make NODE_ENV compulsory, which is true of our own process only.
 */
export function onlyThese(variables: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return variables as NodeJS.ProcessEnv;
}
