import { runCli } from '../../api/cli/run.ts'
import { testSettings } from './settings.ts'

/** What a command line did. */
export interface CliOutcome {
  readonly status: number
  readonly out: string
  readonly err: string
}

/**
 * Runs a command line in this process, on a database of the test.
 *
 * @param urls `url` as the application's role, `ownerUrl` as the owner
 * @param options.stdin what is piped in; `options.env` more of the environment
 */
export async function runCommand(
  urls: { readonly url: string; readonly ownerUrl: string },
  words: readonly string[],
  options: { readonly stdin?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<CliOutcome> {
  const [out, err]: [string[], string[]] = [[], []]
  const status = await runCli(words, {
    env: { ...testSettings, DATABASE_URL: urls.url, MIGRATE_DATABASE_URL: urls.ownerUrl, ...options.env },
    stdin: pipe(options.stdin ?? ''),
    out: async (text) => void out.push(text),
    err: (line) => void err.push(line),
  })
  return { status, out: out.join(''), err: err.join('\n') }
}

async function* pipe(text: string): AsyncGenerator<string> {
  yield text
}
