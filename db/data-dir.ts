import { resolve } from 'node:path'

const repositoryRoot = resolve(import.meta.dirname, '..')

/**
 * Where this installation keeps its data: `DATA_DIR` (relative to the working directory) or `.data` of the repository.
 *
 * @returns an absolute path; nothing is created
 */
export function dataDirectory(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.DATA_DIR ? resolve(env.DATA_DIR) : resolve(repositoryRoot, '.data')
}
