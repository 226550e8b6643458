import { For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ApiError } from '../api/errors.ts'
import { t } from '../lib/locale.ts'
import { errorSentence, isSignedOut, SignInAgain } from './error-notice.tsx'

const SENTENCES_MAX = 10

/** How a part of the office speaks of refusals; null where it has no words for one. */
export interface RefusalWords {
  readonly fault: (issue: { path: string; code: string }) => string | null
  readonly whole: (code: string) => string | null
}

/** What a refusal says, one sentence for each fault that has one, and how many more; otherwise the sentence of its code. */
export function refusalSentences(error: unknown, words: RefusalWords): string[] {
  if (!(error instanceof ApiError)) return [errorSentence(error)]
  const faults = error.issues.flatMap((issue) => words.fault(issue) ?? [])
  const sentences = [...new Set(faults)]
  const more = sentences.length - SENTENCES_MAX
  if (more > 0) return [...sentences.slice(0, SENTENCES_MAX), t('error.more', { n: more })]
  if (sentences.length > 0) return sentences
  return [words.whole(error.code) ?? errorSentence(error)]
}

/** Why something was refused, and the way back in for whoever is not signed in any more. */
export function Refusal(props: { error: unknown; heading?: string; words: RefusalWords }) {
  return (
    <Notice kind="error" heading={props.heading}>
      <For each={refusalSentences(props.error, props.words)}>{(sentence) => <p>{sentence}</p>}</For>
      <Show when={isSignedOut(props.error)}>
        <SignInAgain />
      </Show>
    </Notice>
  )
}
