/**
 * How an operator calls the command line, for help and hints: through npm in a clone, and in a bundle as its starting script
 * was called, which says so in `LANG_NGHE_CALL`.
 */
export function callOf(env: NodeJS.ProcessEnv): string {
  return env.LANG_NGHE_CALL || 'npm run --silent cli --'
}
