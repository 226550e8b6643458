import { For } from 'solid-js'
import { Notice } from '../../ui/notice.tsx'
import { ApiError } from '../api/errors.ts'
import { errorSentence } from '../shell/error-notice.tsx'
import { say, sayIf } from './words.ts'

const SENTENCES_MAX = 10

/** Why something was refused, a sentence for each fault that has one, with the question it is about. */
export function Refused(props: { error: unknown }) {
  const sentences = () => {
    const error = props.error
    if (!(error instanceof ApiError)) return [errorSentence(error)]
    const faults = error.issues.flatMap(({ path, code }) => {
      const sentence = sayIf(`fault.${code}`)
      if (sentence === null) return []
      const [, key] = /^(?:answers|choices)\.(.+)$/.exec(path) ?? []
      return [key === undefined ? sentence : `${key}: ${sentence}`]
    })
    if (faults.length > 0) return [...new Set(faults)].slice(0, SENTENCES_MAX)
    return [sayIf(`refused.${error.code}`) ?? errorSentence(error)]
  }
  return (
    <Notice kind="error" heading={say('problem')}>
      <For each={sentences()}>{(sentence) => <p>{sentence}</p>}</For>
    </Notice>
  )
}
