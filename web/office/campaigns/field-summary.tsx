import { createAsync } from '@solidjs/router'
import { Show } from 'solid-js'
import { getField } from '../api/campaigns.ts'
import type { FieldReport } from '../api/campaign-types.ts'
import { count, percent } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { Progress } from './parts.tsx'
import { say } from './words.ts'

/** Complete answers of all that were asked, as a bar and in words. */
export function FieldProgress(props: { report: FieldReport }) {
  const words = () =>
    say('field.progress', {
      answered: count(props.report.answered, locale()),
      target: count(props.report.sampled, locale()),
      part: percent(props.report.sampled === 0 ? 0 : props.report.answered / props.report.sampled, locale()),
    })
  return (
    <div class="field-progress">
      <p class="field-progress-words">{words()}</p>
      <Progress part={props.report.answered} whole={props.report.sampled} label={words()} />
    </div>
  )
}

export function FieldSummary(props: { id: number }) {
  const report = createAsync(() => getField(props.id))
  return <Show when={report()}>{(known) => <FieldProgress report={known()} />}</Show>
}
