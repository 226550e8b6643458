import type { FaultCode } from '../../../api/core/questionnaire/faults.ts'
import { Refusal as OfficeRefusal, type RefusalWords } from '../shell/refusal.tsx'
import { faultSentence } from './fault-words.ts'
import { sayIf } from './words.ts'

const words: RefusalWords = {
  fault: ({ path, code }) => sayIf(`issue.${code}`) ?? `${path}: ${faultSentence({ path, code: code as FaultCode })}`,
  whole: (code) => sayIf(`error.${code}`),
}

/** Why a change was refused: what the whole is called, and every fault that the server names. */
export function Refusal(props: { error: unknown; heading: string }) {
  return <OfficeRefusal error={props.error} heading={props.heading} words={words} />
}
