import { A } from '@solidjs/router'
import type { JSX } from 'solid-js'
import type { Campaign } from '../api/campaign-types.ts'
import { count, day, month } from '../lib/format.ts'
import { locale } from '../lib/locale.ts'
import { path } from '../path.ts'
import { Facts } from './parts.tsx'
import { say } from './words.ts'

type Fact = readonly [string, JSX.Element]
const n = (value: number) => count(value, locale())

/** What a campaign is made of, in one list; the same that opening freezes. */
export function Frozen(props: { campaign: Campaign }) {
  return (
    <Facts
      of={[
        ...basics(props.campaign),
        ...ofFrame(props.campaign),
        ...ofSample(props.campaign),
        [
          say('facts.quotas'),
          props.campaign.quotas.length === 0 ? say('facts.noQuotas') : n(props.campaign.quotas.length),
        ],
      ]}
    />
  )
}

function basics({ questionnaire, opensOn, closesOn, fromMonth, toMonth }: Campaign): Fact[] {
  const [first, last] = [month(fromMonth, locale()), month(toMonth, locale())]
  return [
    [
      say('basics.questionnaire'),
      <A href={path.questionnaire(questionnaire.code, questionnaire.version)}>
        {say('questionnaire.version', questionnaire)}
      </A>,
    ],
    [say('facts.days'), say('facts.daysFromTo', { from: day(opensOn, locale()), to: day(closesOn, locale()) })],
    [say('facts.months'), first === last ? first : say('facts.monthsFromTo', { from: first, to: last })],
  ]
}

function ofFrame({ frame, design }: Campaign): Fact[] {
  if (frame === null) return []
  return [
    [say('facts.frame'), say('facts.frameOf', { members: n(frame.members), strata: n(frame.strata) })],
    contactsFact(frame.contacts),
    ...(frame.contacts === 0
      ? []
      : [[say('facts.contactsTo'), say(design?.contactsToInterviewers ? 'facts.shown' : 'facts.notShown')] as const]),
    [say('facts.sha'), <code class="sha">{frame.sha256.slice(0, 16)}…</code>],
  ]
}

/** Whether names and addresses are kept. */
export function contactsFact(contacts: number): Fact {
  return [say('facts.contacts'), contacts === 0 ? say('facts.noContacts') : say('facts.contactsOf', { n: n(contacts) })]
}

function ofSample({ sample }: Campaign): Fact[] {
  if (sample === null) return []
  return [
    [say('facts.sample'), say('facts.sampleOf', { main: n(sample.main), reserve: n(sample.reserve) })],
    [say('facts.seed'), <code>{sample.seed}</code>],
  ]
}
