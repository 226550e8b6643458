import { say } from './words.ts'
import type { QuestionnaireState } from './types.ts'

/** The state of a questionnaire, in words inside a frame. */
export function StateMark(props: { state: QuestionnaireState }) {
  return (
    <span class="questionnaire-state" data-state={props.state}>
      {say(`state.${props.state}`)}
    </span>
  )
}
