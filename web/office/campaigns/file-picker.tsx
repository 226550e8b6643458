import { createUniqueId, Show } from 'solid-js'
import { t } from '../lib/locale.ts'
import { say } from './words.ts'

/** The file of a frame, with what is wrong with it before it is sent. */
export function FilePicker(props: {
  name: string | null
  fault: string | null
  choose: (file: File | undefined) => Promise<void>
}) {
  const id = createUniqueId()
  return (
    <div class="field">
      <label for={id}>{say('frame.file')}</label>
      <p class="field-hint" id={`${id}-hint`}>
        {say('frame.fileHint')}
      </p>
      <Show when={props.fault}>
        {(text) => (
          <p class="field-error" id={`${id}-fault`} role="alert">
            {text()}
          </p>
        )}
      </Show>
      {/* The native button speaks the browser's language; this one speaks the page's. The input itself keeps the keyboard. */}
      <div class="file-field">
        <input
          id={id}
          class="file-input"
          type="file"
          accept=".csv,.xlsx,text/csv"
          aria-invalid={props.fault !== null}
          aria-describedby={props.fault === null ? `${id}-hint` : `${id}-hint ${id}-fault`}
          onChange={(event) => void props.choose(event.currentTarget.files?.[0])}
        />
        <label class="button" data-kind="quiet" for={id}>
          {t('import.choose')}
        </label>
        <span class="file-name">{props.name ?? t('import.noneChosen')}</span>
      </div>
    </div>
  )
}
