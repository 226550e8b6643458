import type { Operation } from './operations.ts'

const list = ['malformed_cursor', 'invalid_input'] as const
const edition = '/api/indices/:index/editions/:edition'

/** Operations of the doors of indices, as in the table role × endpoint. */
export const indexOperations: Readonly<Record<string, Operation>> = {
  'GET /api/indices': {
    id: 'listIndexEditions',
    summary: 'Index editions: those that ship with the platform, then the province’s own',
    answers: { 200: 'IndexEditionPage' },
    problems: list,
  },
  'POST /api/indices': {
    id: 'copyIndexEdition',
    summary: 'Copy an edition into a draft of the province’s own',
    answers: { 201: 'IndexEdition' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'id_taken'],
  },
  [`GET ${edition}`]: {
    id: 'getIndexEdition',
    summary: 'One edition with its whole definition',
    answers: { 200: 'IndexEdition' },
    problems: ['not_found', 'invalid_input'],
  },
  [`PUT ${edition}`]: {
    id: 'putIndexEdition',
    summary: 'Put another definition into a draft; every fault is told with its path',
    answers: { 200: 'IndexEdition' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'wrong_state', 'stale_edition'],
  },
  [`POST ${edition}/publish`]: {
    id: 'publishIndexEdition',
    summary: 'Publish a draft: from then on it never changes',
    answers: { 200: 'IndexEdition' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'wrong_state'],
  },
  [`POST ${edition}/retire`]: {
    id: 'retireIndexEdition',
    summary: 'Take a published edition out of use; what was computed with it stays',
    answers: { 200: 'IndexEdition' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'wrong_state'],
  },
  [`POST ${edition}/discard`]: {
    id: 'discardIndexEdition',
    summary: 'Throw a draft away',
    answers: { 200: 'IndexEditionDiscarded' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'wrong_state'],
  },
  [`POST ${edition}/runs`]: {
    id: 'computeIndexRun',
    summary: 'Freeze what is known of a month, quarter or year and compute an edition’s scores; the run is kept',
    answers: { 201: 'IndexRun' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'wrong_state', 'needs_command_line', 'inputs_damaged'],
  },
  [`GET ${edition}/runs`]: {
    id: 'listIndexRuns',
    summary: 'Runs of an edition, newest first',
    answers: { 200: 'IndexRunPage' },
    problems: list,
  },
  'GET /api/index-runs/:id': {
    id: 'getIndexRun',
    summary: 'A run with its goalposts and where its values came from',
    answers: { 200: 'IndexRun' },
    problems: ['not_found', 'invalid_input', 'inputs_damaged'],
  },
  'POST /api/index-runs/:id/rerun': {
    id: 'rerunIndexRun',
    summary: 'Compute a run’s scores anew from its frozen inputs and compare them digit for digit',
    answers: { 200: 'IndexRerunReport' },
    problems: ['malformed_json', 'not_found', 'invalid_input', 'inputs_damaged'],
  },
  'GET /api/units/:id/scores': {
    id: 'getUnitScores',
    summary: 'A unit’s scores of an index in a month, quarter or year, from the newest run or the one named',
    answers: { 200: 'UnitScores' },
    problems: ['not_found', 'no_run', 'invalid_input', 'inputs_damaged'],
  },
  'GET /api/units/:id/scores/explain': {
    id: 'explainUnitScores',
    summary: 'How a score was computed: every step from a node down to counts of at least ten answers',
    answers: { 200: 'ScoreExplanation' },
    problems: ['not_found', 'no_run', 'invalid_input', 'inputs_damaged'],
  },
  'GET /api/units/:id/scores/change': {
    id: 'getScoreChange',
    summary:
      'What changed since another period (the one before by default): own change, other cases, goalposts, weights',
    answers: { 200: 'ScoreChange' },
    problems: ['not_found', 'no_run', 'invalid_input', 'inputs_damaged'],
  },
  'GET /api/units/:id/scores/sensitivity': {
    id: 'getScoreSensitivity',
    summary: 'Between which places a unit stands under other weights, normalisations and parts left out',
    answers: { 200: 'ScoreSensitivity' },
    problems: ['not_found', 'no_run', 'invalid_input', 'inputs_damaged'],
  },
  'GET /api/units/:id/scores/series': {
    id: 'getScoreSeries',
    summary: 'A unit’s score of one node over periods, with what breaks each off from the one before',
    answers: { 200: 'ScoreSeries' },
    problems: ['not_found', 'no_run', 'invalid_input', 'inputs_damaged'],
  },
  'POST /api/official-results': {
    id: 'importOfficialResults',
    summary: 'Import published results of indices (CSV, at most 20 MB); good rows are kept, bad ones reported',
    answers: { 200: 'FigureImportReport' },
    raw: ['text/csv'],
    problems: ['invalid_file', 'too_large', 'unsupported_media_type', 'not_found'],
  },
  'GET /api/official-results': {
    id: 'listOfficialResults',
    summary: 'Published results in the order in which they came, of an index, year or node',
    answers: { 200: 'OfficialResultPage' },
    problems: list,
  },
  'GET /api/official-indices': {
    id: 'listOfficialIndices',
    summary: 'Published indices of which results were imported: editions, years, nodes',
    answers: { 200: 'OfficialIndices' },
  },
  'GET /api/units/:id/official': {
    id: 'getUnitOfficial',
    summary: 'A unit’s published series, carried over mergers where needed, beside our estimates of the same years',
    answers: { 200: 'OfficialSeries' },
    problems: ['not_found', 'invalid_input'],
  },
  'GET /api/indices/:index/agreement': {
    id: 'getIndexAgreement',
    summary: 'How our approximation of an index follows the published one, and what of it we can see at all',
    answers: { 200: 'IndexAgreement' },
    problems: ['invalid_input'],
  },
  'POST /api/hard-figures': {
    id: 'importHardFigures',
    summary: 'Import figures that indices take from registers and publications (CSV, at most 20 MB)',
    answers: { 200: 'FigureImportReport' },
    raw: ['text/csv'],
    problems: ['invalid_file', 'too_large', 'unsupported_media_type', 'not_found'],
  },
  'GET /api/hard-figures': {
    id: 'listHardFigures',
    summary: 'Imported hard figures in the order in which they came',
    answers: { 200: 'HardFigurePage' },
    problems: list,
  },
}
