import { surveyAnswerSchema } from '../../../api/surveys/schema.ts'
import { surveyWrite } from '../../../api/surveys/write.ts'
import { answerKeys, askedSections } from '../../../api/core/questionnaire/asked.ts'
import type { SurveyAnswer, SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { codeOf, itemByCode, keptApart } from '../../../api/core/questionnaire/parts.ts'
import { parseTokenKeys } from '../../../api/invitations/token.ts'
import { shippedQuestionnaires } from '../../../db/seeds/questionnaires/shipped.ts'
import type { SurveyWrite } from '../../../db/queries/survey-answers.ts'
import { testSettings } from '../../support/settings.ts'
import { surveyBody, type SurveyBody } from '../../support/survey.ts'

const questionnaire = shippedQuestionnaires.find(({ code }) => code === 'business-survey')!
const items = itemByCode(questionnaire)
const answers = everyAnswer()
const itemMs = Object.fromEntries(Object.keys(answers).map((key) => [key, 9000]))

/** A complete answer to every question of the business survey, as its page sends it. */
export function wholeAnswer(token: string): SurveyBody {
  return surveyBody(token, { answers, itemMs, complete: true })
}

/** The same as it is written. */
export function wholeWrite(token: string, tenantId: number): SurveyWrite {
  const known = {
    tenantId,
    definition: questionnaire,
    sha256: '',
    apart: keptApart(questionnaire),
    unitItems: new Set<string>(),
    unitKinds: [],
  }
  const forms = questionnaire.forms ?? [null]
  const about = { now: new Date(), keys: parseTokenKeys(testSettings.TOKEN_KEYS), deviceHash: null, seen: null }
  return surveyWrite(surveyAnswerSchema.parse(wholeAnswer(token)), known, { ...about, forms, answers })
}

/** An answer to each question that is asked, and to those that the answers call for in turn. */
function everyAnswer(): Record<string, SurveyAnswer> {
  const said: Record<string, SurveyAnswer> = {}
  for (;;) {
    const keys = answerKeys(askedSections(questionnaire, said)).filter((key) => !Object.hasOwn(said, key))
    if (keys.length === 0) return said
    for (const key of keys) said[key] = someAnswer(items.get(codeOf(key))!)
  }
}

function someAnswer(item: SurveyItem): SurveyAnswer {
  switch (item.type) {
    case 'single':
    case 'matrix':
      return item.options[0]!.code
    case 'multiple':
    case 'ranking':
      return [item.options[0]!.code]
    case 'number':
      return Math.max(item.min, 3)
    case 'percent':
      return 12.5
    case 'list':
      return 1
    case 'text':
      return 'Mong các cơ quan trả lời đúng hẹn và hướng dẫn một lần cho đủ.'
    default:
      throw new Error(`the business survey asks no ${item.type}`)
  }
}
