import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import type { ImportResult, RowIssue } from '../api/types.ts'
import { useFocus } from '../lib/arrival.ts'
import { count } from '../lib/format.ts'
import { hasKey, keyOr, locale, t } from '../lib/locale.ts'
import { columnName } from './file-error.ts'

const issueSentence = (issue: RowIssue): string =>
  hasKey(`issue.${issue.code}`)
    ? t(keyOr(`issue.${issue.code}`, 'issue.other'))
    : t('issue.other', { code: issue.code })

const issueColumn = (issue: RowIssue): string =>
  issue.header ?? (issue.column === null ? t('import.wholeRow') : columnName(issue.column))

/** What became of an imported file. It takes the focus when it appears: it is the answer to the button pressed. */
export function ImportResultView(props: { name: string; result: ImportResult }) {
  const n = (value: number) => count(value, locale())
  const result = () => props.result
  const tiles = () =>
    [
      ['import.rows', result().rows],
      ['import.created', result().created],
      ['import.updated', result().updated],
      ['import.unchanged', result().unchanged],
      ['import.rejected', result().rejected],
    ] as const
  const kept = () => result().rows - result().rejected
  let heading: HTMLHeadingElement | undefined
  useFocus(() => heading)
  return (
    <section class="import-result" aria-labelledby="result">
      <h2 id="result" tabindex="-1" ref={(element) => (heading = element)}>
        {t('import.resultTitle', { file: props.name })}
      </h2>
      <p class="lead">
        {result().rejected === 0
          ? t('import.resultAll', { rows: n(result().rows), kept: n(kept()) })
          : t('import.resultSome', { rows: n(result().rows), kept: n(kept()), rejected: n(result().rejected) })}
      </p>
      <dl class="tiles">
        <For each={tiles()}>
          {([key, value]) => (
            <div class="tile">
              <dt>{t(key)}</dt>
              <dd>
                <span class="tile-number">{n(value)}</span>
              </dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={result().ignoredColumns.length > 0}>
        <p>{t('import.ignored', { columns: result().ignoredColumns.join(', ') })}</p>
      </Show>
      <Show when={result().issues.length > 0}>
        <h3>{t('import.issues')}</h3>
        <p>{t('import.issuesNext')}</p>
        <ScrollTable caption={t('import.issuesCaption')} captionHidden class="compact">
          <thead>
            <tr>
              <th scope="col" class="number">
                {t('import.line')}
              </th>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.issue')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={result().issues}>
              {(issue) => (
                <tr>
                  <th scope="row" class="number">
                    {n(issue.line)}
                  </th>
                  <td>{issueColumn(issue)}</td>
                  <td>{issueSentence(issue)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
        <Show when={result().issuesOmitted > 0}>
          <p>{t('import.issuesOmitted', { n: n(result().issuesOmitted) })}</p>
        </Show>
      </Show>
    </section>
  )
}
