import { createEffect, createMemo, createSignal, Index, Show } from 'solid-js'
import { answerKeys } from '../../api/core/questionnaire/asked.ts'
import { pipe } from '../../api/core/questionnaire/pipe.ts'
import { say } from '../i18n/speaking.ts'
import { Title } from '../ui/phone-page.tsx'
import type { Answering, ReviewWords } from './answering.ts'
import { answeredCount, faultsOf } from './place.ts'
import type { Survey } from './survey.ts'
import { t, titleOf } from './words.ts'

/** After the last part: what was answered and what was left blank, and "send". */
export function Review(props: {
  session: Answering
  survey: Survey
  t: ReviewWords
  focus: boolean
  onGo: (page: string) => void
  onBack: () => void
}) {
  const { session, survey } = props
  const [isPressed, setPressed] = createSignal(false)
  const said = () => session.draft() ?? { answers: {}, hidden: [] }
  const parts = createMemo(() =>
    session.pages().map((page) => {
      const { answers, hidden } = said()
      const unit = survey.units.find(({ id }) => String(id) === page.unit)?.name ?? null
      return {
        key: page.key,
        title: pipe(say(page.section.title), unit),
        n: answeredCount([page], answers, hidden),
        of: answerKeys([page]).length,
        isFaulty: faultsOf([page], survey, said()).length > 0,
      }
    }),
  )
  const sum = (of: 'n' | 'of') => parts().reduce((all, part) => all + part[of], 0)
  const faulty = () => parts().filter(({ isFaulty }) => isFaulty)
  const send = () => {
    setPressed(true)
    const first = faulty()[0]
    if (first !== undefined) document.getElementById(`part-${first.key}`)?.focus()
    else if (sum('n') > 0) session.finish()
  }
  createEffect(() => titleOf(props.t('reviewTitle')))

  return (
    <>
      <div class="progress">
        <progress value={1} max={1} aria-label={t('progress')} />
      </div>
      <Title text={props.t('reviewTitle')} focus={props.focus} />
      <p>{props.t('reviewIntro', { n: sum('n'), of: sum('of') })}</p>
      <ul class="parts">
        {/* by place: what is saved meanwhile must not take the button away that has the focus */}
        <Index each={parts()}>
          {(part) => (
            <li>
              <button type="button" class="link" id={`part-${part().key}`} onClick={() => props.onGo(part().key)}>
                {t('reviewPart', { title: part().title, n: part().n, of: part().of })}
              </button>
              <Show when={part().isFaulty}>
                <span class="error"> {t('reviewFault')}</span>
              </Show>
            </li>
          )}
        </Index>
      </ul>
      <p class="error" role="alert">
        {!isPressed()
          ? ''
          : sum('n') === 0
            ? props.t('reviewEmpty')
            : faulty().length > 0
              ? t('faultsTitle', { n: faulty().length })
              : ''}
      </p>
      <div class="steps">
        <button type="button" class="button" data-primary="" onClick={send}>
          {props.t('send')}
        </button>
        <button type="button" class="button" onClick={() => props.onBack()}>
          {t('back')}
        </button>
      </div>
      <p class="hint">{props.t('sendHint')}</p>
    </>
  )
}
