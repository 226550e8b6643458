import { createEffect, createSignal, For, Show } from 'solid-js'
import { minutesOf } from '../../api/core/questionnaire/minutes.ts'
import { say } from '../i18n/speaking.ts'
import type { Beginning as Begin } from '../survey/answering.ts'
import type { Survey } from '../survey/survey.ts'
import { titleOf } from '../survey/words.ts'
import { Choice } from '../ui/choice.tsx'
import { Title } from '../ui/phone-page.tsx'
import { CaseFacts } from './case-facts.tsx'
import type { Case, Disposition } from './kept.ts'
import type { TabletSession } from './tablet.ts'
import { t } from './words.ts'

const DISPOSITIONS: readonly Disposition[] = ['reached', 'noncontact', 'refused', 'ineligible', 'other']

/** Before the first question: whom to ask, what to read to them, and what became of a visit without an interview. */
export function Beginning(props: Begin & { tablet: TabletSession; one: Case; name: string; survey: Survey }) {
  const definition = () => props.survey.questionnaire.definition
  createEffect(() => titleOf(props.name))
  return (
    <>
      <Title text={props.name} focus />
      <p class="standing">
        <strong>{t(`standing_${props.tablet.standing(props.one)}`)}</strong>
      </p>
      <Show when={props.one.state === 'complete'}>
        <p class="attention">{t('explain_elsewhere')}</p>
      </Show>
      <CaseFacts one={props.one} tablet={props.tablet} />
      <details class="notice" open={props.answered === 0}>
        <summary>{t('read')}</summary>
        <For each={say(definition().notice.text).split('\n\n')}>{(paragraph) => <p>{paragraph}</p>}</For>
      </details>
      <p class="hint">{t('minutes', { n: minutesOf(definition()), parts: props.parts })}</p>
      <button type="button" class="button" data-primary="" onClick={() => props.onBegin()}>
        {props.answered > 0 ? t('continue', { n: props.answered }) : t('begin')}
      </button>
      <Visit tablet={props.tablet} id={props.one.case} />
    </>
  )
}

function Visit(props: { tablet: TabletSession; id: number }) {
  const [chosen, setChosen] = createSignal<Disposition | null>(null)
  const [said, setSaid] = createSignal('')
  const [isMissing, setMissing] = createSignal(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const what = chosen()
    setMissing(what === null)
    if (what === null) return
    await props.tablet.note(props.id, what)
    setSaid(t('visitNoted', { what: t(`visit_${what}`) }))
    setChosen(null)
  }
  return (
    <section aria-labelledby="visit">
      <form novalidate onSubmit={(event) => void submit(event)}>
        <fieldset class="question">
          <legend id="visit">{t('visit')}</legend>
          <div class="choices">
            <For each={DISPOSITIONS}>
              {(one) => (
                <Choice
                  name="visit"
                  label={t(`visit_${one}`)}
                  checked={chosen() === one}
                  onChoose={() => setChosen(one)}
                />
              )}
            </For>
          </div>
        </fieldset>
        <p class="error" role="alert">
          <Show when={isMissing()}>{t('visitMissing')}</Show>
        </p>
        <button type="submit" class="button">
          {t('visitNote')}
        </button>
        <p role="status">{said()}</p>
      </form>
    </section>
  )
}
