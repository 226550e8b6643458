import { For, Show } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ApiError } from '../api/errors.ts'
import { errorSentence, isSignedOut, SignInAgain } from './error-notice.tsx'

const SENTENCES_MAX = 10

/** How a part of the office speaks of refusals; null where it has no words for one. */
export interface RefusalWords {
  readonly fault: (issue: { path: string; code: string }) => string | null
  readonly whole: (code: string) => string | null
}

/** What a refusal says, one sentence for each fault that has one; otherwise the sentence of its code. */
export function refusalSentences(error: unknown, words: RefusalWords): string[] {
  if (!(error instanceof ApiError)) return [errorSentence(error)]
  const faults = error.issues.flatMap((issue) => words.fault(issue) ?? [])
  if (faults.length > 0) return [...new Set(faults)].slice(0, SENTENCES_MAX)
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
