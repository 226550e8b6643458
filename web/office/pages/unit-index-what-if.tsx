import { createAsync } from '@solidjs/router'
import { Show } from 'solid-js'
import { IndexPage, type IndexView } from '../indices/index-page.tsx'
import { getEdition } from '../indices/queries.ts'
import { WhatIfPanel } from '../indices/what-if-panel.tsx'
import { say } from '../indices/words.ts'
import { Boundary } from '../shell/boundary.tsx'

/** "Nếu… thì sao": other values of indicators, and the total that the index makes of them, computed in the browser. */
export function UnitIndexWhatIfPage() {
  return (
    <IndexPage tab="gia-dinh">
      {(view) => (
        <Boundary>
          <Trial view={view()} />
        </Boundary>
      )}
    </IndexPage>
  )
}

function Trial(props: { view: IndexView }) {
  const edition = createAsync(() => getEdition(props.view.scores.index))
  return (
    <Show when={edition()}>
      {(known) => (
        <Show
          when={known().sha256 === props.view.scores.run.definitionSha256}
          fallback={<p class="empty">{say('whatIf.changed')}</p>}
        >
          {/* another run is another trial */}
          <Show keyed when={`${props.view.scores.run.id} ${props.view.scores.unit.id}`}>
            <WhatIfPanel scores={props.view.scores} definition={known().definition} />
          </Show>
        </Show>
      )}
    </Show>
  )
}
