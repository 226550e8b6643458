import { A, createAsync, useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { useTitle } from '../lib/arrival.ts'
import { own, t } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { Editor } from './editor.tsx'
import { Fixed } from './fixed.tsx'
import { getQuestionnaire } from './queries.ts'
import { StateMark } from './state-mark.tsx'
import type { WholeQuestionnaire } from './types.ts'
import { say } from './words.ts'

/** One questionnaire: a draft to work on, or one that stands as it is. */
export function QuestionnairePage() {
  return (
    <div class="page questionnaires">
      <p>
        <A href={path.questionnaires()}>{say('list.back')}</A>
      </p>
      <Boundary page>
        <Loaded />
      </Boundary>
    </div>
  )
}

function Loaded() {
  const params = useParams<{ code: string; version: string }>()
  const found = createAsync(() => getQuestionnaire(params.code, Number(params.version)))
  return (
    <Show keyed when={found()}>
      {(one) => (
        <>
          <Heading one={one} />
          <Show when={one.state === 'draft'} fallback={<Fixed one={one} />}>
            <Editor stored={one} />
          </Show>
        </>
      )}
    </Show>
  )
}

function Heading(props: { one: WholeQuestionnaire }) {
  const title = () => own(props.one.title) || props.one.code
  useTitle(() => t('app.title', { page: title() }))
  return (
    <header class="questionnaire-heading">
      <h1 tabindex="-1">{title()}</h1>
      <p>
        <StateMark state={props.one.state} /> {say('key', { code: props.one.code, version: props.one.version })} ·{' '}
        {say(`population.${props.one.population}`)}
        <Show when={props.one.copiedFrom}>
          {(from) => <> · {say('copiedFrom', { code: from().code, version: from().version })}</>}
        </Show>
      </p>
    </header>
  )
}
