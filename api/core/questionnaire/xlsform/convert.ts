import type { Questionnaire } from '../definition.ts'
import { readChoices } from './choices.ts'
import { leftList, type Left, type LeftList } from './left.ts'
import { codeFrom } from './names.ts'
import { cut, languageOf, namedSheet, textReader, type RawSheet, type Sheet } from './sheet.ts'
import { readSurvey } from './survey.ts'

export interface Converted {
  /** A draft: texts that the file has not are empty, to be written. */
  readonly questionnaire: Questionnaire
  /** Whatever of the file is not in it, or not in that form. */
  readonly left: readonly Left[]
  readonly leftOmitted: number
}

const SHEETS = ['survey', 'choices', 'settings'] as const
const TITLE_MAX = 200
/** Settings that are read, by the names they have had. */
const SETTINGS: Readonly<Record<string, 'title' | 'id' | 'version' | 'language'>> = {
  form_title: 'title',
  'form title': 'title',
  title: 'title',
  form_id: 'id',
  'form id': 'id',
  id_string: 'id',
  version: 'version',
  default_language: 'language',
}

/**
 * Makes a draft of an XLSForm (XLSForm.org reference: sheets survey, choices and settings). Nothing is dropped silently: every
 * sheet, row, column or expression that the draft does not hold is listed. Null where there is no question that can be taken.
 * @param population whom it is for, which an XLSForm does not say
 */
export function convertXlsform(
  sheets: readonly RawSheet[],
  population: Questionnaire['population'],
): Converted | { readonly questionnaire: null; readonly left: readonly Left[]; readonly leftOmitted: number } {
  const left = leftList()
  const named = new Map<string, Sheet>()
  for (const raw of sheets) {
    const name = raw.name.trim().toLowerCase()
    if (SHEETS.some((known) => known === name) && !named.has(name)) named.set(name, namedSheet(raw))
    else if (raw.rows.length > 0) left.add(raw.name, null, null, 'unknown_sheet', raw.name)
  }
  const survey = named.get('survey')
  if (survey === undefined) return { questionnaire: null, ...left.done() }

  const settings = readSettings(named.get('settings'), left)
  const main = settings.language ?? 'vi'
  const lists = readChoices(named.get('choices'), main, left)
  const form = cut(settings.id ?? settings.title ?? 'xlsform', 100)
  const sections = readSurvey(survey, { form, lists, text: textReader(survey, main, left), left })
  if (sections.length === 0) return { questionnaire: null, ...left.done() }

  const title = cut(settings.title ?? settings.id ?? 'XLSForm', TITLE_MAX)
  const version = Number(settings.version ?? 1)
  if (settings.version !== undefined && !(Number.isInteger(version) && version >= 1 && version <= 9999))
    left.add('settings', 2, 'version', 'setting_left', settings.version)
  const questionnaire: Questionnaire = {
    code: codeFrom(form, 'questionnaire'),
    version: Number.isInteger(version) && version >= 1 && version <= 9999 ? version : 1,
    kind: 'survey',
    title: { vi: '', en: '', [main]: title },
    languages: ['vi', 'en'],
    notice: { version: '1', text: { vi: '', en: '' } },
    population,
    sections,
  }
  return { questionnaire, ...left.done() }
}

function readSettings(sheet: Sheet | undefined, left: LeftList) {
  const found: { title?: string; id?: string; version?: string; language?: 'vi' | 'en' } = {}
  for (const [column, text] of sheet?.rows[0]?.cell ?? []) {
    const known = SETTINGS[column]
    const language = known === 'language' ? languageOf(text) : null
    if (known === undefined || (known === 'language' && language === null))
      left.add('settings', sheet?.rows[0]?.line ?? null, column, 'setting_left', text)
    else if (known === 'language') found.language = language ?? 'vi'
    else found[known] ??= text
  }
  for (const row of sheet?.rows.slice(1) ?? [])
    left.add('settings', row.line, null, 'setting_left', [...row.cell.values()].join(' '))
  return found
}
