import { useSearchParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { AboutIndex, Blanks } from '../indices/about-index.tsx'
import { GapTable, TopGaps } from '../indices/gap-list.tsx'
import { IndexPage, type IndexView } from '../indices/index-page.tsx'
import { NodeList, shownLeaves } from '../indices/node-list.tsx'
import { scoreTree } from '../indices/score-tree.ts'
import { TotalCard } from '../indices/total-card.tsx'
import { say } from '../indices/words.ts'
import { count } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'

/** A unit's index: the total, the largest gaps, and the tree down to what was asked. */
export function UnitIndexPage() {
  return <IndexPage tab="">{(view) => <Scores view={view()} />}</IndexPage>
}

function Scores(props: { view: IndexView }) {
  const scores = () => props.view.scores
  const root = () => scoreTree(scores().elements, scores().index.scale)
  const leaves = () => shownLeaves(root())
  const [search, setSearch] = useSearchParams<{ view?: string }>()
  const byGap = () => search.view === 'gap'
  const choose = (view: string | null) => setSearch({ view }, { scroll: false, replace: true })
  return (
    <>
      <div class="index-overview">
        <TotalCard scores={scores()} root={root().element} />
        <TopGaps scores={scores()} asked={props.view.asked} />
      </div>
      <section aria-labelledby="cay-chi-so">
        <h2 id="cay-chi-so">{say('tree.title')}</h2>
        <p class="lead">
          {say('tree.lead', { shown: count(leaves().shown, locale()), of: count(leaves().of, locale()) })}
        </p>
        <fieldset class="segments">
          <legend>{say('view.label')}</legend>
          <div class="segments-row">
            <label>
              <input type="radio" name="view" checked={!byGap()} onChange={() => choose(null)} />
              <span>{say('view.tree')}</span>
            </label>
            <label>
              <input type="radio" name="view" checked={byGap()} onChange={() => choose('gap')} />
              <span>{say('view.gap')}</span>
            </label>
          </div>
        </fieldset>
        <Show when={byGap()} fallback={<NodeList nodes={root().children} scores={scores()} asked={props.view.asked} />}>
          <GapTable scores={scores()} asked={props.view.asked} />
        </Show>
      </section>
      <Blanks scores={scores()} />
      <AboutIndex scores={scores()} />
    </>
  )
}
