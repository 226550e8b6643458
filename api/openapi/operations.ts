import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'

/** What the API description says of one endpoint beyond what its validators and the table role × endpoint say. */
export interface Operation {
  id: string
  summary: string
  /** Name of the answer's schema by status. */
  answers: Readonly<Record<number, string>>
  /** Problems of its own; those that every endpoint of its kind has are added. */
  problems?: readonly ErrorCode[]
  /** Media type of its answers, where it is not JSON. */
  type?: string
  /** Media types of a raw body. */
  raw?: readonly string[]
  /** Body of an endpoint that has no validator of ours. */
  body?: z.ZodType
}

const token = ['not_found', 'survey_code', 'expired', 'withdrawn', 'rate_limited'] as const
const list = ['malformed_cursor', 'invalid_input'] as const

/** Operations by `METHOD path`, as in the table role × endpoint. */
export const operations: Readonly<Record<string, Operation>> = {
  'GET /api/health': {
    id: 'getHealth',
    summary: 'Whether the database answers and its migrations are current',
    answers: { 200: 'Health' },
  },
  'GET /api/metrics': {
    id: 'getMetrics',
    summary:
      'Numbers of this process and its database as OpenMetrics text; not found on Workers, where an isolate knows only itself',
    answers: { 200: 'Metrics' },
    type: 'application/openmetrics-text',
    problems: ['not_found'],
  },
  'GET /api/openapi.json': { id: 'getApiDescription', summary: 'This document', answers: { 200: 'ApiDescription' } },
  'GET /api/invitations/:token': {
    id: 'getInvitation',
    summary: 'What the rating page shows for a token or a short code; opening never spends it',
    answers: { 200: 'Invitation' },
    problems: token,
  },
  'POST /api/responses': {
    id: 'postResponse',
    summary: 'Store an answer or a higher revision of it; the same one again changes nothing',
    answers: { 200: 'Stored', 201: 'Stored' },
    problems: [
      ...token,
      'malformed_json',
      'invalid_input',
      'too_large',
      'revision_conflict',
      'superseded',
      'already_complete',
      'token_taken',
      'id_taken',
    ],
  },
  'POST /api/withdrawals': {
    id: 'postWithdrawal',
    summary: 'Remove an answer and its effect, with the secret that the respondent’s browser made',
    answers: { 200: 'Withdrawn' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'too_large'],
  },
  'GET /api/me': { id: 'getMe', summary: 'Who is signed in, and for whom', answers: { 200: 'Me' } },
  'POST /api/dossiers/import': {
    id: 'importDossiers',
    summary: 'Import a dossier list of at most 20 MB; good rows are kept, bad ones reported',
    answers: { 200: 'ImportReport' },
    raw: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    problems: ['invalid_file', 'too_large', 'unsupported_media_type'],
  },
  'PUT /api/dossiers/:code/events/:type/:n': {
    id: 'putDossierEvent',
    summary: 'One event from a one-stop system; the same one again changes nothing',
    answers: { 200: 'EventStored', 201: 'EventStored' },
    problems: ['malformed_json', 'invalid_input'],
  },
  'GET /api/dossiers/changes': {
    id: 'listDossierChanges',
    summary: 'What imports have changed in dossiers, newest first',
    answers: { 200: 'ChangePage' },
    problems: list,
  },
  'GET /api/imports': {
    id: 'listImports',
    summary: 'Imports, newest first',
    answers: { 200: 'ImportPage' },
    problems: list,
  },
  'GET /api/invitations': {
    id: 'listInvitations',
    summary: 'Links to print or send, oldest first',
    answers: { 200: 'InvitationPage' },
    problems: list,
  },
  'GET /api/slips': {
    id: 'printSlips',
    summary:
      'Slips for printing: of dossiers asked about in a time, where a Link header leads to the next page, or only of the asks named',
    answers: { 200: 'SlipDocument' },
    type: 'text/html',
    problems: list,
  },
  'GET /api/slips/waiting': {
    id: 'listSlips',
    summary: 'Which slips wait to be handed out, without their secrets, oldest first; printed: once or more already',
    answers: { 200: 'SlipPage' },
    problems: list,
  },
  'GET /api/dossiers/:code/slip': {
    id: 'printDossierSlip',
    summary: 'The slip of a dossier’s newest event that can still be rated; a reprint is the same secret',
    answers: { 200: 'SlipDocument' },
    type: 'text/html',
    problems: ['not_found', 'invalid_input'],
  },
  'POST /api/walk-ins': {
    id: 'postWalkIn',
    summary: 'Ask somebody who was turned away before a dossier existed; the same id again changes nothing',
    answers: { 200: 'WalkIn', 201: 'WalkIn' },
    problems: ['malformed_json', 'invalid_input', 'id_taken', 'rate_limited'],
  },
  'GET /api/walk-ins/:id/slip': {
    id: 'printWalkInSlip',
    summary: 'The slip of a walk-in while it can be rated; a reprint is the same secret',
    answers: { 200: 'SlipDocument' },
    type: 'text/html',
    problems: ['not_found', 'invalid_input'],
  },
  'GET /api/procedures': {
    id: 'listProcedures',
    summary: 'The procedures of the tenant, by code',
    answers: { 200: 'ProcedurePage' },
    problems: list,
  },
  'GET /api/periods': {
    id: 'listPeriods',
    summary: 'Calendar periods that have finished dossiers',
    answers: { 200: 'Periods' },
  },
  'GET /api/units': {
    id: 'listUnits',
    summary: 'The units of the tenant',
    answers: { 200: 'UnitPage' },
    problems: list,
  },
  'GET /api/units/:id/summary': {
    id: 'getUnitSummary',
    summary: 'Everything known of a unit in a month, quarter or year',
    answers: { 200: 'UnitSummary' },
    problems: ['not_found', 'invalid_input'],
  },
  'GET /api/units/:id/weak-spots': {
    id: 'getWeakSpots',
    summary: 'Where a unit falls short of the rest, by item and procedure',
    answers: { 200: 'WeakSpots' },
    problems: ['not_found', ...list],
  },
  'GET /api/units/:id/criteria': {
    id: 'readCriteria',
    summary: 'Criteria of TT 01/2018 entered so far for a unit and period',
    answers: { 200: 'Criteria' },
    problems: ['not_found', 'invalid_input'],
  },
  'PUT /api/units/:id/criteria': {
    id: 'putCriteria',
    summary: 'Enter criteria of TT 01/2018 that neither dates nor ratings give; null takes one back',
    answers: { 200: 'Criteria' },
    problems: ['malformed_json', 'not_found', 'invalid_input'],
  },
  'POST /api/runs': {
    id: 'prepareRun',
    summary: 'Freeze the counts of a month, quarter or year and compute what would be published',
    answers: { 201: 'Run' },
    problems: ['malformed_json', 'invalid_input', 'inputs_damaged'],
  },
  'GET /api/runs': {
    id: 'listRuns',
    summary: 'Runs of publishing, newest first',
    answers: { 200: 'RunPage' },
    problems: list,
  },
  'GET /api/runs/:id': {
    id: 'reviewRun',
    summary: 'A run with its figures, each beside the one the public saw before',
    answers: { 200: 'RunReview' },
    problems: ['not_found', ...list],
  },
  'POST /api/runs/:id/publish': {
    id: 'publishRun',
    summary: 'Make a prepared run the public one of its period',
    answers: { 200: 'Run' },
    problems: ['malformed_json', 'not_found', 'invalid_input', 'wrong_state', 'stale_run', 'inputs_damaged'],
  },
  'POST /api/runs/:id/withdraw': {
    id: 'withdrawRun',
    summary: 'Take a published run back; it stays visible as withdrawn',
    answers: { 200: 'Run' },
    problems: ['malformed_json', 'not_found', 'invalid_input', 'wrong_state'],
  },
  'POST /api/runs/:id/rerun': {
    id: 'rerunRun',
    summary: 'Compute a run’s figures anew from its frozen counts and compare them digit for digit',
    answers: { 200: 'RerunReport' },
    problems: ['malformed_json', 'not_found', 'invalid_input', 'inputs_damaged'],
  },
  'GET /api/public/units': {
    id: 'listPublicUnits',
    summary: 'Units of the published run, by name',
    answers: { 200: 'PublicUnitPage' },
    problems: ['not_found', ...list],
  },
  'GET /api/public/units/:id': {
    id: 'getPublicUnit',
    summary: 'What is published of a unit',
    answers: { 200: 'PublicUnit' },
    problems: ['not_found', 'not_published', 'invalid_input'],
  },
  'GET /api/settings': { id: 'getSettings', summary: 'Which events invite to rate', answers: { 200: 'Settings' } },
  'PUT /api/settings': {
    id: 'putSettings',
    summary: 'Set which events invite to rate',
    answers: { 200: 'Settings' },
    problems: ['malformed_json', 'invalid_input'],
  },
}

/** The part of better-auth's endpoints (`/api/auth/*`) that the platform uses. */
export const authOperations: Readonly<Record<string, Operation>> = {
  'POST /api/auth/sign-in/email': {
    id: 'signIn',
    summary: 'Sign in with e-mail and password; sets the session cookie',
    answers: { 200: 'Session' },
    body: z.object({ email: z.email(), password: z.string(), rememberMe: z.boolean().optional() }),
    problems: [
      'malformed_json',
      'not_signed_in',
      'cross_site',
      'unsupported_media_type',
      'invalid_input',
      'rate_limited',
    ],
  },
  'POST /api/auth/sign-out': {
    id: 'signOut',
    summary: 'End the session',
    answers: { 200: 'SignedOut' },
    problems: ['cross_site', 'rate_limited'],
  },
  'GET /api/auth/get-session': { id: 'getSession', summary: 'The session, or null', answers: { 200: 'Session' } },
}
