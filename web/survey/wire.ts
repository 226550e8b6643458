import { call, isObject } from '../offline/call.ts'
import type { Reply } from '../offline/sender.ts'
import type { SurveyRevision } from './draft.ts'
import type { Survey } from './survey.ts'

/** The survey behind a token or a typed code, and how far its answer got. Opening it never spends the token. */
export function getSurvey(secret: string): Promise<Reply<Survey>> {
  return call(
    `/api/surveys/${encodeURIComponent(secret)}`,
    undefined,
    (body) => isObject(body) && 'questionnaire' in body && 'units' in body,
  )
}

/** Stores a revision; the acknowledgement must name the answer it was sent for. */
export function postAnswers(revision: SurveyRevision): Promise<Reply<unknown>> {
  return call('/api/survey-answers', revision, (body) => isObject(body) && body['id'] === revision.id)
}
