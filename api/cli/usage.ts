import type { Command } from './command.ts'

const CALL = 'npm run --silent cli --'
const COMMON = [
  ['--json', 'one JSON document on standard output'],
  ['--tenant ID', 'another tenant than the first real one'],
  ['--help', 'this text'],
] as const

/** What there is, one line for each command. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => form(command).length))
  const lines = commands.map((command) => `  ${form(command).padEnd(width)}  ${command.summary}`)
  return [
    `Usage: ${CALL} <words> [options]`,
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
export function commandHelp(command: Command): string {
  return [
    `Usage: ${CALL} ${form(command)} [options]`,
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
