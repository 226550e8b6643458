import { For } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ApiError } from '../api/errors.ts'
import { errorSentence } from '../shell/error-notice.tsx'
import type { FaultCode } from '../../../api/core/questionnaire/faults.ts'
import { faultSentence } from './fault-words.ts'
import { sayIf } from './words.ts'

const SHOWN_MAX = 10

/** Why a change was refused: what the whole is called, and every fault that the server names. */
export function Refusal(props: { error: unknown; heading: string }) {
  const sentences = (): string[] => {
    const { error } = props
    if (!(error instanceof ApiError)) return [errorSentence(error)]
    const known = error.issues
      .slice(0, SHOWN_MAX)
      .map(({ path, code }) => sayIf(`issue.${code}`) ?? `${path}: ${faultSentence({ path, code: code as FaultCode })}`)
    return known.length > 0 ? known : [sayIf(`error.${error.code}`) ?? errorSentence(error)]
  }
  return (
    <Notice kind="error" heading={props.heading}>
      <For each={sentences()}>{(sentence) => <p>{sentence}</p>}</For>
    </Notice>
  )
}
