import { ApiError } from '../api/errors.ts'
import { hasKey, keyOr, t } from '../lib/locale.ts'

/** The column as people know it. */
export const columnName = (column: string): string =>
  hasKey(`column.${column}`) ? t(keyOr(`column.${column}`, 'import.wholeRow')) : column

/** What is wrong with the file as a whole, in sentences; empty when the refusal says nothing about the file. */
export function fileSentences(error: unknown): string[] {
  if (!(error instanceof ApiError)) return []
  const columnsByCode = Map.groupBy(error.issues, (issue) => issue.code)
  return [...columnsByCode].flatMap(([code, issues]) => {
    const columns = issues.map((issue) => columnName(issue.path)).join(', ')
    return hasKey(`file.${code}`) ? [t(keyOr(`file.${code}`, 'error.invalid_file'), { columns })] : []
  })
}
