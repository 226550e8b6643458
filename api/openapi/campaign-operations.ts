import type { Operation } from './operations.ts'

const list = ['malformed_cursor', 'invalid_input'] as const
const change = ['malformed_json', 'invalid_input', 'not_found', 'wrong_state'] as const
const campaign = '/api/campaigns/:id'

/** Operations of the doors of campaigns, as in the table role × endpoint. */
export const campaignOperations: Readonly<Record<string, Operation>> = {
  'GET /api/campaigns': {
    id: 'listCampaigns',
    summary: 'Campaigns, newest first',
    answers: { 200: 'CampaignPage' },
    problems: list,
  },
  'POST /api/campaigns': {
    id: 'createCampaign',
    summary: 'Make a draft; the same requestId again gives the campaign that it made',
    answers: { 200: 'Campaign', 201: 'Campaign' },
    problems: ['malformed_json', 'invalid_input', 'id_taken'],
  },
  'GET /api/campaigns/questionnaires': {
    id: 'listCampaignQuestionnaires',
    summary: 'Questionnaires that a campaign can take: published ones and those that ship',
    answers: { 200: 'CampaignQuestionnaires' },
  },
  [`GET ${campaign}`]: {
    id: 'getCampaign',
    summary: 'One campaign with its design, frame and sample in numbers',
    answers: { 200: 'Campaign' },
    problems: ['not_found', 'invalid_input'],
  },
  [`PUT ${campaign}`]: {
    id: 'putCampaign',
    summary: 'Change a draft; of an open campaign only the quotas and, to a later one, the last day',
    answers: { 200: 'Campaign' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'stale_campaign', 'campaign_frozen'],
  },
  [`POST ${campaign}/frame`]: {
    id: 'importCampaignFrame',
    summary:
      'Read the frame of a draft, at most 20 MB, in place of the one it had; a fault in any row refuses the whole',
    answers: { 200: 'FrameReport' },
    raw: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    problems: ['invalid_file', 'invalid_input', 'not_found', 'campaign_frozen'],
  },
  [`GET ${campaign}/strata`]: {
    id: 'listCampaignStrata',
    summary: 'Strata with their members and what was drawn, with probabilities and weights',
    answers: { 200: 'CampaignStrata' },
    problems: [...list, 'not_found'],
  },
  [`POST ${campaign}/draw`]: {
    id: 'drawCampaign',
    summary: 'Draw the sample of a draft by a seed; the same seed again changes nothing',
    answers: { 200: 'Campaign' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'campaign_frozen'],
  },
  [`POST ${campaign}/open`]: {
    id: 'openCampaign',
    summary: 'Open a drawn campaign: every case gets its secret, and the design is frozen',
    answers: { 200: 'Campaign' },
    problems: change,
  },
  [`POST ${campaign}/close`]: {
    id: 'closeCampaign',
    summary: 'Close an open campaign; nothing is answered any more',
    answers: { 200: 'Campaign' },
    problems: change,
  },
  [`POST ${campaign}/release`]: {
    id: 'releaseReplacements',
    summary: 'Release replacements of a stratum in the order of the draw, up to a number in all',
    answers: { 200: 'Campaign' },
    problems: change,
  },
  [`GET ${campaign}/letters`]: {
    id: 'printLetters',
    summary: 'Letters or envelopes of an open campaign, for printing; a Link header leads to the next page',
    answers: { 200: 'LetterDocument' },
    type: 'text/html',
    problems: [...list, 'not_found', 'wrong_state', 'contact_key_missing'],
  },
  [`GET ${campaign}/mailings`]: {
    id: 'listWaitingLetters',
    summary: 'How many invitations and reminders wait to be printed, in batches with their cursors',
    answers: { 200: 'WaitingLetters' },
    problems: ['not_found', 'invalid_input'],
  },
  [`POST ${campaign}/mailings`]: {
    id: 'postMailing',
    summary: 'Note that the letters of a kind went out on a day; the same again changes nothing',
    answers: { 200: 'LettersSent' },
    problems: change,
  },
  [`GET ${campaign}/field`]: {
    id: 'getFieldReport',
    summary:
      'How the field work stands: outcomes, AAPOR response rates, answers by day, time by section, drop-off by question',
    answers: { 200: 'FieldReport' },
    problems: ['not_found', 'invalid_input'],
  },
  [`GET ${campaign}/field/strata`]: {
    id: 'listFieldStrata',
    summary: 'Outcomes and response rates by stratum',
    answers: { 200: 'FieldStrata' },
    problems: [...list, 'not_found'],
  },
  [`GET ${campaign}/export`]: {
    id: 'exportCampaign',
    summary:
      'A part of the complete answers as a file, streamed and noted in the log: CSV, XLSX or an SPSS system file by `format`',
    answers: { 200: 'SurveyFile' },
    type: 'text/csv',
    problems: ['not_found', 'invalid_input'],
  },
  [`GET ${campaign}/codebook`]: {
    id: 'getCodebook',
    summary: 'What the columns of the files mean, with their codes; as CSV by `format`',
    answers: { 200: 'SurveyCodebook' },
    problems: ['not_found', 'invalid_input'],
  },
  [`GET ${campaign}/events`]: {
    id: 'listCampaignEvents',
    summary: 'What was done in a campaign, newest first',
    answers: { 200: 'CampaignEvents' },
    problems: [...list, 'not_found'],
  },
  [`GET ${campaign}/cases`]: {
    id: 'listCampaignCases',
    summary: 'Cases that are asked, by the code of the firm or household; never a contact',
    answers: { 200: 'CampaignCases' },
    problems: [...list, 'not_found'],
  },
  [`PUT ${campaign}/cases/:case/disposition`]: {
    id: 'putCaseDisposition',
    summary: 'Note what is known of a case that has not answered',
    answers: { 200: 'CaseDisposition' },
    problems: [...change, 'already_complete'],
  },
  [`GET ${campaign}/conflicts`]: {
    id: 'listCampaignConflicts',
    summary: 'Cases with answers beside the one that counts, which wait for a decision; never what was said',
    answers: { 200: 'CampaignConflicts' },
    problems: [...list, 'not_found'],
  },
  [`PUT ${campaign}/cases/:case/answer`]: {
    id: 'putCaseAnswer',
    summary: 'Let one answer of a case stand; the others are kept aside, and the decision is noted',
    answers: { 200: 'ChosenAnswer' },
    problems: [...change, 'quota_full'],
  },
  [`PUT ${campaign}/assignment`]: {
    id: 'assignCases',
    summary: 'Give cases to an interviewer, or take them back',
    answers: { 200: 'CampaignAssignment' },
    problems: change,
  },
  'GET /api/interviewers': {
    id: 'listInterviewers',
    summary: 'Interviewers with their cases in open campaigns',
    answers: { 200: 'Interviewers' },
  },
  'POST /api/interviewers': {
    id: 'createInterviewer',
    summary: 'Make an interviewer’s account; its password is shown once',
    answers: { 200: 'InterviewerAccount', 201: 'InterviewerAccount' },
    problems: ['malformed_json', 'invalid_input', 'id_taken'],
  },
}
