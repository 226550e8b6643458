import { createSignal, Show } from 'solid-js'
import type { OfficeKey } from '../../i18n/office.vi.ts'
import { importDossiers } from '../api/queries.ts'
import type { ImportResult } from '../api/types.ts'
import { t } from '../lib/locale.ts'
import { FileProblem } from './file-problem.tsx'

const BYTES_MAX = 20 * 1024 * 1024

/** What can be said about a file before it is sent. */
export function fileFault(file: { name: string; size: number } | undefined): OfficeKey | null {
  if (file === undefined) return 'import.noFile'
  if (!/\.(csv|xlsx)$/i.test(file.name)) return 'import.wrongType'
  if (file.size === 0) return 'import.empty'
  return file.size > BYTES_MAX ? 'error.too_large' : null
}

export function ImportForm(props: { done: (name: string, result: ImportResult) => void; started: () => void }) {
  const [fault, setFault] = createSignal<OfficeKey | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const [busy, setBusy] = createSignal(false)
  const [chosen, setChosen] = createSignal<string | null>(null)
  let input: HTMLInputElement | undefined

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy()) return
    const file = input?.files?.[0]
    setFault(fileFault(file))
    setFailure(null)
    props.started()
    if (file === undefined || fault() !== null) return input?.focus()
    setBusy(true)
    try {
      props.done(file.name, await importDossiers(file))
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form class="card import-form" novalidate onSubmit={(event) => void submit(event)}>
      <div class="field">
        <label for="file">{t('import.file')}</label>
        <p class="field-hint" id="file-hint">
          {t('import.fileHint')}
        </p>
        <Show when={fault()}>
          {(key) => (
            <p class="field-error" id="file-error" role="alert">
              {t(key())}
            </p>
          )}
        </Show>
        {/* The native button speaks the browser's language; this one speaks the page's. The input itself keeps the keyboard. */}
        <div class="file-field">
          <input
            id="file"
            class="file-input"
            type="file"
            accept=".csv,.xlsx,text/csv"
            ref={(element) => (input = element)}
            aria-invalid={fault() !== null}
            aria-describedby={fault() === null ? 'file-hint' : 'file-hint file-error'}
            onChange={(event) => {
              setFault(null)
              setChosen(event.currentTarget.files?.[0]?.name ?? null)
            }}
          />
          <label class="button" data-kind="quiet" for="file">
            {t('import.choose')}
          </label>
          <span class="file-name">{chosen() ?? t('import.noneChosen')}</span>
        </div>
      </div>
      <button type="submit" class="button" aria-disabled={busy()}>
        {t('import.submit')}
      </button>
      <p class="busy" role="status">
        {busy() ? t('import.busy') : ''}
      </p>
      <Show when={failure()}>{(error) => <FileProblem error={error()} />}</Show>
      <details class="how">
        <summary>{t('import.columns')}</summary>
        <p>{t('import.columnsText')}</p>
      </details>
      <p class="quiet">{t('import.privacy')}</p>
    </form>
  )
}
