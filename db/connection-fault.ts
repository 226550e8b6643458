/** True when the database is away or going away: SQLSTATE class 08, 57P and 53300, or the driver's own connection codes. */
export function isConnectionFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return (
    typeof code === 'string' && /^(08|57P|53300|CONNECTION_|CONNECT_TIMEOUT|ECONN|ENOTFOUND|EPIPE|ETIMEDOUT)/.test(code)
  )
}
