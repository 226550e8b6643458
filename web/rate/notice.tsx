import { For, Show } from 'solid-js'
import type { RateWords } from '../i18n/rate.vi.ts'
import type { Invitation } from '../offline/draft.ts'
import { say } from '../i18n/speaking.ts'
import { t } from './words.ts'

const EVENTS: Readonly<Record<string, keyof RateWords>> = {
  received: 'event_received',
  supplement_requested: 'event_supplement_requested',
  returned: 'event_returned',
  refused: 'event_refused',
  withdrawn: 'event_withdrawn',
}

/** Which office and procedure is rated. */
export function Subject(props: { invitation: Invitation }) {
  const event = () => EVENTS[props.invitation.event]
  return (
    <dl class="subject">
      <div>
        <dt class="visually-hidden">{t('unit')}</dt>
        <dd lang="vi">{props.invitation.unit.name}</dd>
      </div>
      <Show when={props.invitation.receivingUnit.id !== props.invitation.unit.id}>
        <div>
          <dt class="visually-hidden">{t('receivingUnit')}</dt>
          <dd lang="vi">{props.invitation.receivingUnit.name}</dd>
        </div>
      </Show>
      <div>
        <dt class="visually-hidden">{t('procedure')}</dt>
        <dd lang="vi">{props.invitation.procedure.name}</dd>
      </div>
      <Show when={event()}>
        {(key) => (
          <div data-event="">
            <dt class="visually-hidden">{t('event')}</dt>
            <dd>{t(key())}</dd>
          </div>
        )}
      </Show>
    </dl>
  )
}

/** What the form is for. The first paragraph is always seen, the rest opens; its version travels with the instrument. */
export function Notice(props: { invitation: Invitation }) {
  const definition = () => props.invitation.instrument.definition
  const paragraphs = () => say(definition().notice.text).split('\n\n')
  return (
    <div class="notice">
      <p>{paragraphs()[0]}</p>
      <details>
        <summary>{t('noticeMore')}</summary>
        <For each={paragraphs().slice(1)}>{(paragraph) => <p>{paragraph}</p>}</For>
        <p class="aside">
          {t('noticeVersion', {
            notice: definition().notice.version,
            code: definition().code,
            version: definition().version,
          })}
        </p>
      </details>
    </div>
  )
}
