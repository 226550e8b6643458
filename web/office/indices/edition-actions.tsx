import { A, revalidate, useNavigate } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { AskFirst } from '../../ui/ask-first.tsx'
import { path } from '../path.ts'
import { Refusal, type RefusalWords } from '../shell/refusal.tsx'
import { faultSentence } from './edition-faults.ts'
import { discardEdition, publishEdition, retireEdition } from './queries.ts'
import type { Edition } from './types.ts'
import { say } from './words.ts'

type Action = 'publish' | 'retire' | 'discard'
const DOORS = { publish: publishEdition, retire: retireEdition, discard: discardEdition }

/** What can be done with an edition of the province's own; each asks once more, because none can be undone. */
export function EditionActions(props: { edition: Edition }) {
  const navigate = useNavigate()
  const actions = (): Action[] =>
    props.edition.state === 'draft' ? ['publish', 'discard'] : props.edition.state === 'published' ? ['retire'] : []
  const words: RefusalWords = {
    fault: (issue) => faultSentence(issue, props.edition.definition),
    whole: () => null,
  }
  const act = async (action: Action) => {
    await DOORS[action](props.edition)
    if (action === 'discard') navigate(path.editions())
    await revalidate()
  }
  return (
    <Show when={actions().length > 0}>
      <div class="edition-actions">
        <p class="button-row">
          <Show when={props.edition.state === 'draft'}>
            <A class="button" href={path.editEdition(props.edition)}>
              {say('edition.edit')}
            </A>
          </Show>
          <For each={actions()}>
            {(action) => (
              <AskFirst
                kind="quiet"
                label={say(`edition.${action}`)}
                title={say(`edition.${action}`)}
                confirm={say(`edition.${action}.yes`)}
                cancel={say('edition.no')}
                run={() => act(action)}
                failed={(error) => <Refusal error={error} heading={say('edition.problem')} words={words} />}
              >
                <p>{say(`edition.${action}.ask`)}</p>
              </AskFirst>
            )}
          </For>
        </p>
      </div>
    </Show>
  )
}
