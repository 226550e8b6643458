import { createAsync, useSearchParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { AgreementChoices } from '../indices/agreement-choices.tsx'
import { AgreementView } from '../indices/agreement-view.tsx'
import { chooseEdition } from '../indices/choose-edition.ts'
import { OfficialImport } from '../indices/official-import.tsx'
import { OfficialSeriesView } from '../indices/official-series-view.tsx'
import { getAgreement, getEdition, getEditions, getOfficialIndices, getOfficialSeries } from '../indices/queries.ts'
import { mergeOfficial, type OfficialChoice } from '../indices/official-choice.ts'
import type { Edition } from '../indices/types.ts'
import { say } from '../indices/words.ts'
import { useSession } from '../lib/session.tsx'
import { Boundary } from '../shell/boundary.tsx'
import { PageHeading } from '../shell/page-heading.tsx'

/** Our approximation beside the published series: how far the two agree, and how much of it we can see at all. */
export function IndexAgreementPage() {
  return (
    <div class="page">
      <PageHeading title={say('agreement.title')} />
      <p class="lead">{say('agreement.lead')}</p>
      <Boundary>
        <Comparison />
      </Boundary>
      <Boundary>
        <Imported />
      </Boundary>
    </div>
  )
}

function Imported() {
  const indices = createAsync(() => getOfficialIndices())
  return <Show when={indices()}>{(known) => <OfficialImport indices={known().items} />}</Show>
}

function Comparison() {
  const [search, setSearch] = useSearchParams<{
    index?: string
    node?: string
    official?: string
    officialNode?: string
  }>()
  const editions = createAsync(() => getEditions())
  const officials = createAsync(async () => mergeOfficial((await getOfficialIndices()).items))
  const row = createMemo(() => chooseEdition(editions() ?? [], search.index, undefined))
  const edition = createAsync(async () => {
    const chosen = row()
    return chosen === null ? null : getEdition({ id: chosen.id, edition: chosen.edition })
  })
  const choice = createMemo(() => chosenOf(edition() ?? null, officials() ?? [], search))
  return (
    <Show when={officials() !== undefined && edition()}>
      {(known) => (
        <Show when={choice()} fallback={<p class="empty">{say('agreement.nothing')}</p>}>
          {(chosen) => (
            <>
              <AgreementChoices
                editions={editions() ?? []}
                edition={known()}
                officials={officials() ?? []}
                chosen={chosen()}
                choose={(next) => setSearch({ ...next }, { scroll: false })}
              />
              <Boundary>
                <Result chosen={chosen()} edition={known()} />
              </Boundary>
            </>
          )}
        </Show>
      )}
    </Show>
  )
}

type Chosen = { index: string; node: string; official: string; officialNode: string }

/** What the address asks for where it is there; else nodes of the same name, else the total. */
function chosenOf(
  edition: Edition | null,
  officials: readonly OfficialChoice[],
  asked: Partial<Chosen>,
): Chosen | null {
  const official = officials.find(({ index }) => index === asked.official) ?? officials[0]
  if (edition === null || official === undefined) return null
  const codes = edition.definition.nodes.map(({ code }) => code)
  const root = edition.definition.nodes.find(({ parent }) => parent === null)?.code ?? ''
  const shared = official.nodes.find((code) => codes.includes(code))
  const node = codes.find((code) => code === asked.node) ?? shared ?? root
  const officialNode =
    official.nodes.find((code) => code === asked.officialNode) ??
    official.nodes.find((code) => code === node) ??
    official.nodes[0] ??
    node
  return { index: edition.id, node, official: official.index, officialNode }
}

function Result(props: { chosen: Chosen; edition: Edition }) {
  const me = useSession()
  const agreement = createAsync(() => getAgreement(props.chosen))
  const series = createAsync(async () => {
    const { province } = me()
    if (province === null) return null
    const { official, officialNode, index, node } = props.chosen
    return getOfficialSeries(province.id, { official, node: officialNode, index, ourNode: node })
  })
  return (
    <>
      <Show when={agreement()}>{(known) => <AgreementView agreement={known()} />}</Show>
      <Show when={series()}>{(known) => <OfficialSeriesView series={known()} />}</Show>
    </>
  )
}
