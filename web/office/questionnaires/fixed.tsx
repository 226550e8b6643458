import { revalidate } from '@solidjs/router'
import { Show } from 'solid-js'
import { AskFirst } from '../../ui/ask-first.tsx'
import { instant } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { NewForm } from './new-form.tsx'
import { Preview } from './preview.tsx'
import { exportAddress, getQuestionnaire, getQuestionnaires, retireQuestionnaire } from './queries.ts'
import { Refusal } from './refusal.tsx'
import type { WholeQuestionnaire } from './types.ts'
import { say } from './words.ts'

/** A questionnaire that does not change any more: its preview, its file, and how to go on from it. */
export function Fixed(props: { one: WholeQuestionnaire }) {
  const retire = async () => {
    await retireQuestionnaire(props.one)
    await revalidate([getQuestionnaire.key, getQuestionnaires.key])
  }
  const suggest = () =>
    props.one.state === 'shipped' ? { code: '', version: 1 } : { code: props.one.code, version: props.one.version + 1 }
  return (
    <div class="editor">
      <div class="editor-main">
        <section class="card">
          <p>{say(props.one.state === 'draft' ? 'state.published.text' : `state.${props.one.state}.text`)}</p>
          <Show when={props.one.publishedAt}>
            {(at) => <p class="quiet">{say('fixed.publishedAt', { at: instant(at(), locale()) })}</p>}
          </Show>
          <p class="quiet fingerprint">{say('fixed.hash', { hash: props.one.sha256 })}</p>
          <div class="actions">
            <a class="button" data-kind="quiet" href={exportAddress(props.one)} download="">
              {say('action.export')}
            </a>
            <Show when={props.one.state === 'published'}>
              <AskFirst
                kind="quiet"
                label={say('action.retire')}
                title={say('retire.ask')}
                confirm={say('retire.confirm')}
                cancel={say('confirm.cancel')}
                run={retire}
                failed={(error) => <Refusal error={error} heading={say('action.problem')} />}
              >
                <p>{say('retire.sure')}</p>
              </AskFirst>
            </Show>
          </div>
        </section>
        <NewForm from={props.one} suggest={suggest()} />
      </div>
      <Preview definition={props.one.definition} place="" />
    </div>
  )
}
