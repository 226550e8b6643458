import { parseArgs } from 'node:util'
import { BackupError } from '../../db/backup/format.ts'
import { dataDirectory } from '../../db/data-dir.ts'
import { StartupError } from '../../db/startup-error.ts'
import { OptionsError } from '../core/analysis/method.ts'
import { DataError } from '../core/table/data-error.ts'
import { AppError } from '../errors.ts'
import { callOf } from './call.ts'
import { type Call, type Command, type Result, UsageError } from './command.ts'
import { commands } from './commands.ts'
import { withDatabase } from './database.ts'
import { type Io, OutputClosedError } from './io.ts'
import { dataFaultLines, optionFaultLines } from './data-sentences.ts'
import { problemLines } from './sentences.ts'
import { commandHelp, generalHelp } from './usage.ts'

const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, tenant: { type: 'string' } } as const

/**
 * Runs one command line.
 * @returns the exit code: 0 done, 1 done with rejected rows, 2 wrong usage or failure (told in one line on standard error)
 */
export async function runCli(words: readonly string[], io: Io): Promise<0 | 1 | 2> {
  try {
    const found = findCommand(words)
    if (found === null) return await refuse(words, io)
    const { command, values, files } = found
    if (values.help === true) {
      const more = command.more?.(files)
      await io.out(
        more === undefined ? commandHelp(command, callOf(io.env)) : `${commandHelp(command, callOf(io.env))}\n${more}`,
      )
      return 0
    }
    const least = command.takes.filter((name) => !name.startsWith('[')).length
    if (files.length < least || files.length > command.takes.length) {
      throw new UsageError(`Expected: ${['cli', command.words, ...command.takes].join(' ')}. See --help.`)
    }
    const json = values.json === true
    const dataDir = dataDirectory(io.env)
    const bare = { io, files, values, json, dataDir }
    const tell = async (result: Result | null): Promise<0 | 1> => {
      if (result !== null) await io.out(json ? `${JSON.stringify(result.json)}\n` : result.text)
      return result?.rejected === true ? 1 : 0
    }
    if ('runBare' in command) return await tell(await command.runBare(bare))
    return await withDatabase(io, { dataDir, tenant: values.tenant }, async (opened) =>
      tell(await command.run({ ...bare, ...opened })),
    )
  } catch (error) {
    if (error instanceof OutputClosedError) return 0
    for (const line of failureLines(error)) io.err(line)
    return 2
  }
}

/** The command that the words name, with its options read; null when they name none. @throws UsageError for options it does not have */
function findCommand(words: readonly string[]) {
  // every option of every command, so that an option's value is never taken for a word
  const known = Object.assign({}, ...commands.map((command) => command.options), COMMON)
  const named = parseArgs({ args: [...words], options: known, strict: false, allowPositionals: true }).positionals
  const command = commands.find(({ words }) => words.split(' ').every((word, i) => named[i] === word))
  if (!command) return null
  try {
    const parsed = parseArgs({ args: [...words], options: { ...command.options, ...COMMON }, allowPositionals: true })
    const values = parsed.values as Call['values']
    return { command, values, files: parsed.positionals.slice(command.words.split(' ').length) }
  } catch (error) {
    const [line = ''] = (error as Error).message.split(/\.\s|\n/)
    throw new UsageError(`${line}. See: cli ${command.words} --help`, { cause: error })
  }
}

async function refuse(words: readonly string[], io: Io): Promise<0 | 2> {
  if (
    words.length > 0 &&
    words.every((word) => ['--help', '-h', 'help', '--json'].includes(word)) &&
    !words.every((word) => word === '--json')
  ) {
    await io.out(generalHelp(commands, callOf(io.env)))
    return 0
  }
  const named = words.filter((word) => !word.startsWith('-'))
  if (named.length > 0 && words.some((word) => word === '--help' || word === '-h')) {
    const begun = commands.filter((command: Command) => command.words.startsWith(`${named[0]} `))
    if (begun.length > 0) {
      await io.out(begun.map((command) => commandHelp(command, callOf(io.env))).join('\n'))
      return 0
    }
  }
  io.err(named.length > 0 ? `Unknown words: ${named.slice(0, 3).join(' ')}` : 'Which command?')
  io.err(generalHelp(commands, callOf(io.env)).trimEnd())
  return 2
}

function failureLines(error: unknown): string[] {
  if (error instanceof StartupError || error instanceof UsageError || error instanceof BackupError)
    return [error.message]
  if (error instanceof AppError) return problemLines(error)
  if (error instanceof DataError) return dataFaultLines(error)
  if (error instanceof OptionsError) return optionFaultLines(error)
  const {
    code,
    path,
    constraint_name: constraint,
  } = (error ?? {}) as { code?: string; path?: string; constraint_name?: string }
  if (code === 'ENOENT') return [`There is no file ${path ?? ''}.`]
  if (code === 'EISDIR' || code === 'EACCES' || code === 'EPERM')
    return [`The file ${path ?? ''} cannot be read (${code}).`]
  // a driver's message may quote values, so only its codes are shown
  if ((error as Error).name === 'PostgresError')
    return [`The database refused (${[code, constraint].filter(Boolean).join(', ')}); nothing was changed.`]
  return [`Failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`]
}
