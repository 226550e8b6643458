import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { deltaReach } from '../../../api/core/index/estimate/reach.ts'
import { CopyEdition } from '../indices/copy-edition.tsx'
import { EditionActions } from '../indices/edition-actions.tsx'
import { EditionTree } from '../indices/edition-tree.tsx'
import type { Edition, IndexDefinition } from '../indices/types.ts'
import { whoWords } from '../indices/who.ts'
import { WithEdition } from '../indices/with-edition.tsx'
import { say } from '../indices/words.ts'
import { decimal, instant } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { PageHeading } from '../shell/page-heading.tsx'

/** One edition: what it is made of, where each row comes from, what it cannot see, and what can be done with it. */
export function EditionPage() {
  return <WithEdition>{(edition) => <View edition={edition()} />}</WithEdition>
}

/** Names of nodes whose score stays hidden, because what it rests on has no interval here. */
function withoutInterval(definition: IndexDefinition) {
  const reach = deltaReach(definition)
  return definition.nodes.flatMap(({ code, label }) => (reach.get(code) === 'bootstrap_only' ? label : []))
}

function View(props: { edition: Edition }) {
  const me = useSession()
  const definition = () => props.edition.definition
  return (
    <>
      <PageHeading title={own(props.edition.label)} />
      <p class="unit-facts">
        <A href={path.editions()}>{say('editions.title')}</A>
        <A href={path.indexRuns(props.edition)}>{say('runs.title')}</A>
        <span>{say(`edition.state.${props.edition.state}`)}</span>
        <span>{say('edition.key', { id: props.edition.id, edition: props.edition.edition })}</span>
      </p>
      <p>
        {say(props.edition.official ? 'about.official' : 'about.near')}{' '}
        {say('edition.scale', {
          min: decimal(props.edition.scale.min, 0, locale()),
          max: decimal(props.edition.scale.max, 0, locale()),
        })}
      </p>
      <Show when={props.edition.copiedFrom}>
        {(from) => (
          <p>
            {say('edition.copiedFrom')} <A href={path.edition(from())}>{`${from().id} ${from().edition}`}</A>
          </p>
        )}
      </Show>
      <Show when={props.edition.publishedAt}>
        {(at) => (
          <p>
            {say('edition.publishedAt', {
              at: instant(at(), locale()),
              by: whoWords(props.edition.publishedBy ?? '', me()),
            })}
          </p>
        )}
      </Show>
      <Show when={(definition().notes ?? []).length > 0}>
        <ul class="caution">
          <For each={definition().notes}>{(note) => <li>{own(note)}</li>}</For>
        </ul>
      </Show>
      <Show when={withoutInterval(definition()).length > 0}>
        <p class="caution">{say('edition.noInterval', { list: withoutInterval(definition()).map(own).join('; ') })}</p>
      </Show>
      <EditionActions edition={props.edition} />
      <section aria-labelledby="cau-truc">
        <h2 id="cau-truc">{say('edition.structure')}</h2>
        <p class="lead">{say('edition.structureLead')}</p>
        <EditionTree definition={definition()} />
      </section>
      <Show when={(definition().blanks ?? []).length > 0}>
        <section aria-labelledby="khong-do">
          <h2 id="khong-do">{say('blanks.title')}</h2>
          <p class="lead">{say('blanks.lead')}</p>
          <ul class="blank-list">
            <For each={definition().blanks}>
              {(blank) => (
                <li>
                  <strong>{own(blank.label)}</strong>: {own(blank.reason)}
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <CopyEdition edition={props.edition} />
    </>
  )
}
