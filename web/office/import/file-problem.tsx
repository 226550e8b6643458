import { For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { t } from '../lib/locale.ts'
import { Refusal, type RefusalWords } from '../shell/refusal.tsx'
import { fileSentences } from './file-error.ts'

const NO_WORDS: RefusalWords = { fault: () => null, whole: () => null }

/** Why a file was not taken: what is wrong with it as a whole, or else why the request was refused. */
export function FileProblem(props: { error: unknown; heading?: string; words?: RefusalWords }) {
  const heading = () => props.heading ?? t('import.problem')
  const sentences = () => fileSentences(props.error)
  return (
    <Show
      when={sentences().length > 0}
      fallback={<Refusal error={props.error} heading={heading()} words={props.words ?? NO_WORDS} />}
    >
      <Notice kind="error" heading={heading()}>
        <For each={sentences()}>{(line) => <p>{line}</p>}</For>
      </Notice>
    </Show>
  )
}
