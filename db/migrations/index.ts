import type { Migration } from 'kysely/migration'
import * as accounts from './20261123T000001-accounts.ts'
import * as units from './20261123T000002-units.ts'
import * as dossiers from './20261123T000003-dossiers.ts'
import * as answers from './20261123T000004-answers.ts'
import * as tallies from './20261123T000005-tallies.ts'
import * as publications from './20261123T000006-publications.ts'
import * as shortCodes from './20261123T000007-short-codes.ts'
import * as answersAtOnce from './20261123T000009-answers-at-once.ts'
import * as indices from './20261123T000010-indices.ts'
import * as tallySums from './20261123T000011-tally-sums.ts'
import * as changeTimes from './20261123T000015-change-times.ts'
import * as tallySpotTotals from './20261128T000161-tally-spot-totals.ts'
import * as tallyTotalSpans from './20261128T000171-tally-total-spans.ts'
import * as tallySpotYears from './20261128T000160-tally-spot-years.ts'
import * as tallyStates from './20261128T000020-tally-states.ts'
import * as indexRuns from './20261128T000030-index-runs.ts'
import * as officialUnits from './20261128T000031-official-units.ts'
import * as surveys from './20261128T000040-surveys.ts'
import * as campaignDraws from './20261128T000050-campaign-draws.ts'
import * as surveyAnswers from './20261128T000060-survey-answers.ts'
import * as surveyWeighting from './20261128T000080-survey-weighting.ts'
import * as paperPrivate from './20261128T000090-paper-private.ts'
import * as interviews from './20261128T000095-interviews.ts'
import * as tallyDecisions from './20261128T000110-tally-decisions.ts'
import * as importStatistics from './20261128T000120-import-statistics.ts'
import * as fieldOutcomes from './20261128T000130-field-outcomes.ts'
import * as firstAnswers from './20261128T000170-first-answers.ts'

/** Every migration by name, in order. Written out, because a folder cannot be listed once the code is bundled. */
export const migrations: Record<string, Migration> = {
  '20261123T000001-accounts': accounts,
  '20261123T000002-units': units,
  '20261123T000003-dossiers': dossiers,
  '20261123T000004-answers': answers,
  '20261123T000005-tallies': tallies,
  '20261123T000006-publications': publications,
  '20261123T000007-short-codes': shortCodes,
  '20261123T000009-answers-at-once': answersAtOnce,
  '20261123T000010-indices': indices,
  '20261123T000011-tally-sums': tallySums,
  '20261123T000015-change-times': changeTimes,
  '20261128T000020-tally-states': tallyStates,
  '20261128T000030-index-runs': indexRuns,
  '20261128T000031-official-units': officialUnits,
  '20261128T000040-surveys': surveys,
  '20261128T000050-campaign-draws': campaignDraws,
  '20261128T000060-survey-answers': surveyAnswers,
  '20261128T000080-survey-weighting': surveyWeighting,
  '20261128T000090-paper-private': paperPrivate,
  '20261128T000095-interviews': interviews,
  '20261128T000110-tally-decisions': tallyDecisions,
  '20261128T000120-import-statistics': importStatistics,
  '20261128T000130-field-outcomes': fieldOutcomes,
  '20261128T000160-tally-spot-years': tallySpotYears,
  '20261128T000161-tally-spot-totals': tallySpotTotals,
  '20261128T000170-first-answers': firstAnswers,
  '20261128T000171-tally-total-spans': tallyTotalSpans,
}
