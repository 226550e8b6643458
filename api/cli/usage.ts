import type { Command } from './command.ts'

const COMMON = [
  ['--json', 'one JSON document on standard output'],
  ['--tenant ID', 'another tenant than the first real one'],
  ['--help', 'this text'],
] as const

/**
 * What there is, one line for each command.
 * @param call how the command line is called here
 */
export function generalHelp(commands: readonly Command[], call: string): string {
  const width = Math.max(...commands.map((command) => form(command).length))
  const lines = commands.map((command) => `  ${form(command).padEnd(width)}  ${command.summary}`)
  return [
    `Usage: ${call} <words> [options]`,
    '',
    ...lines,
    '',
    ...optionLines(COMMON),
    '',
    'Exit code: 0 done, 1 done with rejected rows, 2 wrong usage or failure.',
    '',
  ].join('\n')
}

/** What one command takes. */
export function commandHelp(command: Command, call: string): string {
  return [
    `Usage: ${call} ${form(command)} [options]`,
    '',
    `${command.summary}`,
    '',
    ...optionLines([...command.help, ...COMMON]),
    '',
  ].join('\n')
}

function form({ words, takes }: Command): string {
  return [words, ...takes].join(' ')
}

function optionLines(options: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...options.map(([option]) => option.length))
  return options.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`)
}
