import { createAsync, useSearchParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { ExplainTree } from '../indices/explain-tree.tsx'
import { IndexPage, type IndexView } from '../indices/index-page.tsx'
import { getExplanation } from '../indices/queries.ts'
import { say } from '../indices/words.ts'
import { count } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { Boundary } from '../shell/boundary.tsx'

/** "Tính thế nào": every step of a unit's score with its numbers, from the total down to counts of answers. */
export function UnitIndexExplainPage() {
  return (
    <IndexPage tab="cach-tinh">
      {(view) => (
        <Boundary>
          <Steps view={view()} />
        </Boundary>
      )}
    </IndexPage>
  )
}

function Steps(props: { view: IndexView }) {
  const [search] = useSearchParams<{ node?: string }>()
  const explanation = createAsync(() => getExplanation(props.view.scores.unit.id, props.view.asked, null))
  return (
    <Show when={explanation()}>
      {(known) => (
        <section aria-labelledby="cac-buoc">
          <h2 id="cac-buoc">{say('explain.title')}</h2>
          <p class="lead">
            {say('explain.lead', {
              dossiers: count(known().counts.dossiers, locale()),
              invited: count(known().counts.invited, locale()),
              answered: count(known().counts.answered, locale()),
              clusters: count(known().clusters, locale()),
            })}
          </p>
          <ExplainTree explanation={known()} scale={props.view.scores.index.scale} open={search.node ?? null} />
        </section>
      )}
    </Show>
  )
}
