/** Why the platform could not start: stable, for logs and tests. */
export type StartupErrorCode =
  | 'backup_failed'
  | 'data_dir_in_use'
  | 'data_dir_not_writable'
  | 'data_dir_too_new'
  | 'data_dir_too_old'
  | 'database_start_failed'
  | 'database_unreachable'
  | 'invalid_setting'
  | 'schema_too_new'
  | 'initdb_failed'
  | 'invalid_setting'
  | 'platform_unsupported'
  | 'port_in_use'
  | 'postgres_not_installed'
  | 'schema_too_new'

/**
 * A failure an operator can act on. Whoever is the process's entry prints `message` (always one line, no stack) and
 * exits with 2; every other error is a fault of ours and keeps its stack.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError'
  readonly code: StartupErrorCode

  constructor(code: StartupErrorCode, message: string, options?: ErrorOptions) {
    super(message.replaceAll(/\s*\n\s*/g, ' '), options)
    this.code = code
  }
}
