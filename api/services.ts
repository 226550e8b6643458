import type { Database } from '../db/client.ts'
import { storeAnswers, type AnswerWrite } from '../db/queries/submissions.ts'
import { storeSurveyAnswers, type SurveyWrite } from '../db/queries/survey-answers.ts'
import type { Metrics } from './core/metrics/metrics.ts'
import { createAuth, type Auth } from './accounts/auth.ts'
import type { Settings, Surface } from './env.ts'
import { parseTokenKeys, type TokenKeys } from './invitations/token.ts'
import { rememberInstruments, type FindInstrument } from './responses/instruments.ts'
import { writeAlone, type WriteOne } from './responses/write-together.ts'
import { rememberQuestionnaires, type FindQuestionnaire } from './surveys/questionnaires.ts'

/** Everything a room needs from outside. Clock and randomness come from here and nowhere else. */
export interface Services {
  db: Database
  now: () => Date
  surface: Surface
  /** Origin for links that leave the platform (messages, slips); null: the origin of the request. */
  publicUrl: string | null
  tokenKeys: TokenKeys
  /** Keys of contacts in surveys; null: none can be kept. */
  contactKeys: TokenKeys | null
  auth: Auth
  /** Commits one answer, on Node together with others that wait. */
  writeAnswer: WriteOne<AnswerWrite>
  /** The same for an answer to a survey. */
  writeSurveyAnswer: WriteOne<SurveyWrite>
  /** Published instruments of this database; those found are kept. */
  findInstrument: FindInstrument
  /** Questionnaires of campaigns of this database; those found are kept. */
  findQuestionnaire: FindQuestionnaire
  log: (entry: LogEntry) => void
  /** What this process counts about itself; null in an isolate, which sees only its own few requests. */
  metrics: Metrics | null
  metricsToken: string | null
}
/** A structured log line. Never a token, a submitted value, personal data or SQL. */
export interface LogEntry {
  level: 'info' | 'error'
  event: string
  requestId?: string
  [field: string]: string | number | boolean | undefined
}

/** Builds the services of one process (Node) or one request (Workers). */
export function createServices(db: Database, settings: Settings, overrides: Partial<Services> = {}): Services {
  return {
    db,
    now: () => new Date(),
    surface: settings.SURFACE,
    publicUrl: settings.PUBLIC_URL ?? null,
    tokenKeys: parseTokenKeys(settings.TOKEN_KEYS),
    contactKeys: settings.CONTACT_KEYS === undefined ? null : parseTokenKeys(settings.CONTACT_KEYS),
    auth: createAuth(db, settings),
    writeAnswer: writeAlone((prefix, batch) => storeAnswers(db.send, prefix, batch)),
    writeSurveyAnswer: writeAlone((prefix, batch) => storeSurveyAnswers(db.send, prefix, batch)),
    findInstrument: rememberInstruments(),
    findQuestionnaire: rememberQuestionnaires(),
    log: (entry) => console.log(JSON.stringify({ time: new Date().toISOString(), ...entry })),
    metrics: null,
    metricsToken: settings.METRICS_TOKEN ?? null,
    ...overrides,
  }
}
