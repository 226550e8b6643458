import { For, Show } from 'solid-js'
import { ScrollTable } from '../../ui/scroll-table.tsx'
import { useFocus } from '../lib/arrival.ts'
import { own } from '../lib/locale.ts'
import type { ImportReport } from './types.ts'
import { say, sayIf } from './words.ts'

/** What became of a file: the draft it made, and everything of it that was not taken as it stands. */
export function ImportReportView(props: { report: ImportReport }) {
  const one = () => props.report.questionnaire
  let heading: HTMLHeadingElement | undefined
  useFocus(() => heading)
  return (
    <section class="import-result" aria-labelledby="import-result">
      <h3 id="import-result" tabindex="-1" ref={(element) => (heading = element)}>
        {say('import.done', { title: own(one().title) || one().code })}
      </h3>
      <p>
        {say('import.counts', { sections: one().sections, questions: one().questions })}{' '}
        {one().faults.length > 0 ? say('import.faults', { n: one().faults.length }) : ''}
      </p>
      <Show when={props.report.left.length > 0} fallback={<p>{say('import.allTaken')}</p>}>
        <p>{say('import.left', { n: props.report.left.length + props.report.leftOmitted })}</p>
        <ScrollTable caption={say('import.leftCaption')} class="compact">
          <thead>
            <tr>
              <th scope="col">{say('import.where')}</th>
              <th scope="col">{say('import.what')}</th>
              <th scope="col">{say('import.became')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.report.left}>
              {(left) => (
                <tr>
                  <th scope="row">
                    {left.sheet}
                    <Show when={left.row}>{(row) => <> {say('import.row', { n: row() })}</>}</Show>
                    <Show when={left.column}>{(column) => <span class="cell-note">{column()}</span>}</Show>
                  </th>
                  <td class="what">{left.what}</td>
                  <td>{sayIf(`left.${left.code}`) ?? say('left.other', { code: left.code })}</td>
                </tr>
              )}
            </For>
          </tbody>
        </ScrollTable>
        <Show when={props.report.leftOmitted > 0}>
          <p>{say('import.omitted', { n: props.report.leftOmitted })}</p>
        </Show>
      </Show>
    </section>
  )
}
