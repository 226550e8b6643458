import { createAsync } from '@solidjs/router'
import { Show } from 'solid-js'
import { IndexPage, type IndexView } from '../indices/index-page.tsx'
import { getSensitivity } from '../indices/queries.ts'
import { SensitivityView } from '../indices/sensitivity-view.tsx'
import { Boundary } from '../shell/boundary.tsx'

/** How far a unit's place is the doing of choices that could have been made otherwise. */
export function UnitIndexSensitivityPage() {
  return (
    <IndexPage tab="do-vung">
      {(view) => (
        <Boundary>
          <Spans view={view()} />
        </Boundary>
      )}
    </IndexPage>
  )
}

function Spans(props: { view: IndexView }) {
  const found = createAsync(() => getSensitivity(props.view.scores.unit.id, props.view.asked))
  return <Show when={found()}>{(known) => <SensitivityView found={known()} scores={props.view.scores} />}</Show>
}
