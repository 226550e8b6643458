import { A, revalidate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { path } from '../path.ts'
import { ImportReportView } from './import-report.tsx'
import { getQuestionnaires, importQuestionnaire } from './queries.ts'
import { Refusal } from './refusal.tsx'
import type { ImportReport, Population } from './types.ts'
import { say } from './words.ts'

const BYTES_MAX = 4 * 1024 * 1024

/** Takes a file, our JSON or an XLSForm, and shows what became of it. */
export function ImportForm() {
  const [fault, setFault] = createSignal<'import.noFile' | 'import.wrongType' | 'import.tooLarge' | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [report, setReport] = createSignal<ImportReport | null>(null)
  const [isBusy, setBusy] = createSignal(false)
  const [chosen, setChosen] = createSignal<string | null>(null)
  let input: HTMLInputElement | undefined

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    if (isBusy()) return
    const form = new FormData(event.currentTarget)
    const file = input?.files?.[0]
    setFailure(null)
    setReport(null)
    setFault(faultOf(file))
    if (file === undefined || fault() !== null) return input?.focus()
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const named = {
      ...(text('code') ? { code: text('code') } : {}),
      ...(text('version') ? { version: text('version') } : {}),
    }
    setBusy(true)
    try {
      setReport(await importQuestionnaire(file, { population: text('population') as Population, ...named }))
      await revalidate(getQuestionnaires.key)
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form class="card settings" novalidate onSubmit={(event) => void submit(event)} aria-labelledby="import-title">
      <h3 id="import-title">{say('import.title')}</h3>
      <p class="field-hint" id="import-hint">
        {say('import.hint')}
      </p>
      <Show when={fault()}>
        {(key) => (
          <p class="field-error" id="import-error" role="alert">
            {say(key())}
          </p>
        )}
      </Show>
      {/* The native button speaks the browser's language; this one speaks the page's. The input itself keeps the keyboard. */}
      <div class="field wide">
        <div class="file-field">
          <input
            id="import-file"
            class="file-input"
            type="file"
            accept=".json,.xlsx,application/json"
            aria-label={say('import.file')}
            ref={(element) => (input = element)}
            aria-invalid={fault() !== null}
            aria-describedby={fault() === null ? 'import-hint' : 'import-hint import-error'}
            onChange={(event) => {
              setFault(null)
              setChosen(event.currentTarget.files?.[0]?.name ?? null)
            }}
          />
          <label class="button" data-kind="quiet" for="import-file">
            {say('import.choose')}
          </label>
          <span class="file-name">{chosen() ?? say('import.noneChosen')}</span>
        </div>
      </div>
      <div class="field">
        <label for="import-population">{say('import.population')}</label>
        <select id="import-population" name="population">
          <option value="business">{say('population.business')}</option>
          <option value="citizen">{say('population.citizen')}</option>
        </select>
      </div>
      <details class="how">
        <summary>{say('import.otherName')}</summary>
        <div class="row">
          <div class="field">
            <label for="import-code">{say('new.code')}</label>
            <input id="import-code" name="code" type="text" maxlength={63} />
          </div>
          <div class="field short">
            <label for="import-version">{say('new.version')}</label>
            <input id="import-version" name="version" type="number" min={1} max={9999} />
          </div>
        </div>
      </details>
      <button type="submit" class="button" aria-disabled={isBusy()}>
        {say('import.submit')}
      </button>
      <p class="busy" role="status">
        {isBusy() ? say('import.busy') : ''}
      </p>
      <Show when={failure()}>{(error) => <Refusal error={error()} heading={say('import.problem')} />}</Show>
      <Show when={report()}>
        {(known) => (
          <>
            <ImportReportView report={known()} />
            <p>
              <A class="button" href={path.questionnaire(known().questionnaire.code, known().questionnaire.version)}>
                {say('import.open')}
              </A>
            </p>
          </>
        )}
      </Show>
    </form>
  )
}

/** What can be said about a file before it is sent. */
function faultOf(file: File | undefined) {
  if (file === undefined) return 'import.noFile'
  if (!/\.(json|xlsx)$/i.test(file.name)) return 'import.wrongType'
  return file.size > BYTES_MAX ? 'import.tooLarge' : null
}
