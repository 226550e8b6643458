import { A, createAsync, useParams } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { getRun, rerun } from '../indices/queries.ts'
import { exact } from '../indices/score-format.ts'
import type { RerunReport, RunDetail } from '../indices/types.ts'
import { whoWords } from '../indices/who.ts'
import { say, sayIf } from '../indices/words.ts'
import { count, instant } from '../lib/format.ts'
import { locale, own } from '../lib/locale.ts'
import { useSession } from '../lib/session.tsx'
import { path } from '../path.ts'
import { Boundary } from '../shell/boundary.tsx'
import { ErrorNotice } from '../shell/error-notice.tsx'
import { PageHeading } from '../shell/page-heading.tsx'
import { nameOfPeriod } from '../unit/period-name.ts'

/** One run: what it froze, and a check that it gives the same digits again. */
export function IndexRunPage() {
  const params = useParams<{ id: string }>()
  return (
    <Show keyed when={params.id}>
      {(id) => (
        <div class="page">
          <Boundary page>
            <Loaded id={Number(id)} />
          </Boundary>
        </div>
      )}
    </Show>
  )
}

function Loaded(props: { id: number }) {
  const run = createAsync(() => getRun(props.id))
  return <Show when={run()}>{(known) => <View run={known()} />}</Show>
}

function View(props: { run: RunDetail }) {
  const me = useSession()
  const key = () => ({ id: props.run.index, edition: props.run.edition })
  const facts = () => [
    [say('runs.at'), instant(props.run.madeAt, locale())],
    [say('runs.by'), whoWords(props.run.madeBy, me())],
    [say('runs.answers'), count(props.run.answers, locale())],
    [say('run.version'), props.run.codeVersion],
    [say('run.inputs'), props.run.inputsSha256],
    [say('run.definition'), props.run.definitionSha256],
    [say('run.unitSet'), props.run.unitsSha256],
  ]
  return (
    <>
      <PageHeading title={say('run.heading', { name: own(props.run.label), period: nameOfPeriod(props.run) })} />
      <p class="unit-facts">
        <A href={path.indexRuns(key())}>{say('runs.title')}</A>
        <A href={path.edition(key())}>{say('about.editionLink')}</A>
        <Show when={me().province}>
          {(province) => (
            <A
              href={path.unitIndex(province().id, '', {
                edition: key(),
                period: { kind: props.run.kind, from: props.run.from, to: props.run.to },
                run: props.run.id,
              })}
            >
              {say('run.scores')}
            </A>
          )}
        </Show>
      </p>
      <p class="lead">{say('run.lead')}</p>
      <dl class="node-numbers run-facts">
        <For each={facts()}>
          {([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          )}
        </For>
      </dl>
      <Again id={props.run.id} />
      <section aria-labelledby="nguon">
        <h2 id="nguon">{say('run.sources')}</h2>
        <ScrollTable caption={say('run.sources')} captionHidden class="wide-first">
          <thead>
            <tr>
              <th scope="col">{say('gaps.indicator')}</th>
              <th scope="col">{say('run.source')}</th>
              <th scope="col">{say('run.ends')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.run.indicators}>
              {(row) => (
                <tr>
                  <th scope="row">{own(row.label)}</th>
                  <td>
                    {say(`source.${row.source}`)}
                    {row.reason === null ? '' : `: ${sayIf(`reason.${row.reason}`) ?? row.reason}`}
                  </td>
                  <td>{row.goalposts === null ? '–' : `${exact(row.goalposts.min)} – ${exact(row.goalposts.max)}`}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
      </section>
    </>
  )
}

/** Computes the run anew from what it froze and compares digit for digit. */
function Again(props: { id: number }) {
  const [busy, setBusy] = createSignal(false)
  const [report, setReport] = createSignal<RerunReport | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  const check = async () => {
    if (busy()) return
    setBusy(true)
    setReport(null)
    setFailure(null)
    try {
      setReport(await rerun(props.id))
    } catch (error) {
      setFailure(() => error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <p>
        <button type="button" class="button" data-kind="quiet" aria-disabled={busy()} onClick={() => void check()}>
          {say(busy() ? 'run.busy' : 'run.again')}
        </button>
      </p>
      <div role="status">
        <Show when={report()}>
          {(done) => (
            <p>
              {say(done().same ? 'run.same' : 'run.differs', {
                scores: count(done().scores, locale()),
                n: count(done().differences.length + done().differencesOmitted, locale()),
                stored: done().version.stored,
                current: done().version.current,
              })}
            </p>
          )}
        </Show>
      </div>
      <Show when={failure()}>{(error) => <ErrorNotice error={error()} heading={say('run.problem')} />}</Show>
    </div>
  )
}
