import { revalidate } from '@solidjs/router'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { FileProblem } from '../import/file-problem.tsx'
import { count } from '../lib/format.ts'
import { locale, t } from '../lib/locale.ts'
import { importOfficial } from './queries.ts'
import type { FigureImportReport, OfficialIndex } from './types.ts'
import { say, sayIf } from './words.ts'

const n = (value: number): string => count(value, locale())

/** Published results that are here, and the way to bring in more. */
export function OfficialImport(props: { indices: readonly OfficialIndex[] }) {
  const id = createUniqueId()
  const [busy, setBusy] = createSignal(false)
  const [report, setReport] = createSignal<FigureImportReport | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [chosen, setChosen] = createSignal<string | null>(null)
  let input: HTMLInputElement | undefined
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const file = input?.files?.[0]
    if (busy()) return
    if (file === undefined) return input?.focus()
    setBusy(true)
    setReport(null)
    setFailure(null)
    try {
      setReport(await importOfficial(file))
      await revalidate()
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section aria-labelledby="da-nhap">
      <h2 id="da-nhap">{say('official.title')}</h2>
      <Show when={props.indices.length > 0} fallback={<p>{say('official.none')}</p>}>
        <ScrollTable caption={say('official.caption')} captionHidden>
          <thead>
            <tr>
              <th scope="col">{say('agreement.official')}</th>
              <th scope="col">{say('official.edition')}</th>
              <th scope="col">{say('official.years')}</th>
              <th scope="col" class="number">
                {say('official.units')}
              </th>
              <th scope="col" class="number">
                {say('official.nodes')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.indices}>
              {(row) => (
                <tr>
                  <th scope="row">{row.index.toUpperCase()}</th>
                  <td>{row.edition}</td>
                  <td>{row.fromYear === row.toYear ? row.fromYear : `${row.fromYear}–${row.toYear}`}</td>
                  <td class="number">{n(row.units)}</td>
                  <td class="number">{n(row.nodes.length)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </Show>
      <form class="card import-form" novalidate onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for={id}>{say('official.file')}</label>
          <p class="field-hint" id={`${id}-hint`}>
            {say('official.fileHint')}
          </p>
          {/* the native button speaks the browser's language; this one speaks the page's */}
          <div class="file-field">
            <input
              id={id}
              class="file-input"
              type="file"
              accept=".csv,.xlsx,text/csv"
              aria-describedby={`${id}-hint`}
              ref={(element) => (input = element)}
              onChange={(event) => setChosen(event.currentTarget.files?.[0]?.name ?? null)}
            />
            <label class="button" data-kind="quiet" for={id}>
              {t('import.choose')}
            </label>
            <span class="file-name">{chosen() ?? t('import.noneChosen')}</span>
          </div>
        </div>
        <button type="submit" class="button" aria-disabled={busy()}>
          {say('official.submit')}
        </button>
        <div role="status">
          <Show when={busy()}>{t('import.busy')}</Show>
          <Show when={report()}>{(done) => <Report report={done()} />}</Show>
        </div>
        <Show when={failure()}>{(error) => <FileProblem error={error()} />}</Show>
      </form>
    </section>
  )
}

function Report(props: { report: FigureImportReport }) {
  const { report } = props
  return (
    <>
      <p>
        {say('official.report', {
          rows: n(report.rows),
          created: n(report.created),
          updated: n(report.updated),
          unchanged: n(report.unchanged),
          missing: n(report.missing),
          rejected: n(report.rejected),
        })}
      </p>
      <ul>
        <For each={report.issues.slice(0, 20)}>
          {(issue) => (
            <li>
              {say('official.issue', {
                line: n(issue.line),
                column: issue.column,
                what: sayIf(`official.fault.${issue.code}`) ?? issue.code,
              })}
            </li>
          )}
        </For>
      </ul>
      <Show when={report.issues.length > 20 || report.issuesOmitted > 0}>
        <p>{say('official.more', { n: n(report.issues.length - 20 + report.issuesOmitted) })}</p>
      </Show>
    </>
  )
}
