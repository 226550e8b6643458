/**
 * Whether an error that nobody caught is the driver's own: it writes to a connection that has just been lost in a turn of its own, where
 * nobody can catch the error. The connection is lost either way, and its queries fail properly once the client is renewed.
 */
export function isBrokenConnection(error: unknown): boolean {
  return error instanceof TypeError && /postgres[/\\]src[/\\]connection\.js/.test(error.stack ?? '')
}
