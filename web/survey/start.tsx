import { For, Show } from 'solid-js'
import { minutesOf } from '../../api/core/questionnaire/minutes.ts'
import { say } from '../i18n/speaking.ts'
import { Title } from '../ui/phone-page.tsx'
import type { Beginning } from './answering.ts'
import type { Survey } from './survey.ts'
import { day, t } from './words.ts'

/** Before the first question: who asks, what for, how long it takes, and what was answered already. */
export function Start(props: Beginning & { survey: Survey }) {
  const definition = () => props.survey.questionnaire.definition
  const contact = () => {
    const organiser = props.survey.campaign.organiser
    return organiser === null ? '' : [organiser.phone, organiser.email].filter((one) => one !== '').join(' · ')
  }
  return (
    <>
      <Title text={say(definition().title)} focus={props.focus} />
      <ul class="facts">
        <li>{t('minutes', { n: minutesOf(definition()) })}</li>
        <li>{t('parts', { n: props.parts })}</li>
        <li>{t('closesOn', { day: day(props.survey.closesOn) })}</li>
      </ul>
      <div class="notice">
        <For each={say(definition().notice.text).split('\n\n')}>{(paragraph) => <p>{paragraph}</p>}</For>
        <p>{t('pause')}</p>
        <Show when={props.survey.campaign.organiser}>
          {(organiser) => (
            <p>
              {t('organiser', { name: organiser().name })}
              <Show when={contact() !== ''}>
                <br />
                {t('contact', { contact: contact() })}
              </Show>
            </p>
          )}
        </Show>
      </div>
      <Show when={props.answered > 0}>
        <p role="status">
          <strong>{t('found', { n: props.answered })}</strong>
        </p>
      </Show>
      <button type="button" class="button" data-primary="" onClick={() => props.onBegin()}>
        {t(props.answered > 0 ? 'continue' : 'begin')}
      </button>
      <p class="hint">
        {t('noticeVersion', {
          notice: definition().notice.version,
          code: definition().code,
          version: definition().version,
        })}
      </p>
    </>
  )
}
