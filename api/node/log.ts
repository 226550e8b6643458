import type { LogEntry } from '../services.ts'
import { StartupError } from '../../db/startup-error.ts'

const LEVELS = { error: 0, info: 1 } as const
const FORMATS = ['json', 'text'] as const

/** Writes entries that were asked for, one line each, many of a turn of the event loop in one piece. */
export interface Log {
  log: (entry: LogEntry) => void
  /** Writes what waits: for the end of the process. */
  flush: () => void
}

/**
 * The log of a Node process. `LOG_LEVEL` is `info` (default), `error` or `silent`; `LOG_FORMAT` is `json` (default) or `text`.
 * @throws StartupError invalid_setting
 */
export function createLog(
  env: NodeJS.ProcessEnv,
  write: (text: string) => void = (text) => void process.stdout.write(text),
): Log {
  const [level, format] = [env.LOG_LEVEL || 'info', env.LOG_FORMAT || 'json']
  if (level !== 'silent' && !Object.hasOwn(LEVELS, level))
    throw new StartupError('invalid_setting', 'Setting LOG_LEVEL is not valid: info, error or silent.')
  if (!(FORMATS as readonly string[]).includes(format))
    throw new StartupError('invalid_setting', 'Setting LOG_FORMAT is not valid: json or text.')
  const most = level === 'silent' ? -1 : LEVELS[level as keyof typeof LEVELS]
  let waiting = ''
  const flush = (): void => {
    const text = waiting
    waiting = ''
    if (text !== '') write(text)
  }
  return {
    flush,
    log(entry) {
      if (LEVELS[entry.level] > most) return
      if (waiting === '') setImmediate(flush)
      waiting += format === 'json' ? json(entry) : plain(entry)
    },
  }
}

function json({ level, event, ...fields }: LogEntry): string {
  return `${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`
}

function plain({ level, event, ...fields }: LogEntry): string {
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
  return `${new Date().toISOString()} ${level.toUpperCase()} ${event}${pairs.join('')}\n`
}
