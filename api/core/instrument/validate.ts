import type { Instrument } from './definition.ts'

/** What is wrong with a definition and where, e.g. `{ path: 'sections.1.items.0.text.en', code: 'missing_text' }`. */
export type InstrumentIssue = { readonly path: string; readonly code: string }

type Fields = Record<string, unknown>

const ITEM_CODE = /^[A-Z][A-Z0-9_]{0,31}$/
const ITEM_FIELDS = 'code type rates text hint short options na sensitive minimum source'.split(' ')
const SECTIONS = ['overall', 'citizen', 'business', 'closing']
const APPLICANTS = ['citizen', 'business', 'organisation']
const ROTATION_MAX = 5
// The tally stores option counts in nine columns, c0 to c8.
const OPTIONS_MAX = 9

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

/**
 * Checks a questionnaire before it is stored: complete texts in both languages, unique codes, options that can be
 * tallied, and rotation sets that name real items of the right block. Returns every issue found; none means valid.
 */
export function validateInstrument(value: unknown): InstrumentIssue[] {
  const issues: InstrumentIssue[] = []
  const add = (path: string, code: string) => issues.push({ path, code })
  if (!isFields(value)) return [{ path: '', code: 'not_an_object' }]

  const onlyKeys = (path: string, fields: Fields, known: readonly string[]) => {
    for (const key of Object.keys(fields)) if (!known.includes(key)) add(path ? `${path}.${key}` : key, 'unknown_field')
  }
  const checkText = (path: string, text: unknown) => {
    for (const language of ['vi', 'en']) {
      const words = fieldsOf(text)[language]
      if (typeof words !== 'string' || words.trim() === '') add(`${path}.${language}`, 'missing_text')
    }
  }

  onlyKeys('', value, ['code', 'version', 'languages', 'notice', 'sections', 'rotation'])
  if (typeof value['code'] !== 'string' || !/^[a-z][a-z0-9-]{0,63}$/.test(value['code'])) add('code', 'bad_code')
  if (!Number.isInteger(value['version']) || Number(value['version']) < 1) add('version', 'bad_version')
  if (listOf(value['languages']).join() !== 'vi,en') add('languages', 'bad_languages')
  const notice = fieldsOf(value['notice'])
  if (typeof notice['version'] !== 'string' || notice['version'] === '') add('notice.version', 'missing_text')
  checkText('notice.text', notice['text'])

  const sectionOfItem = new Map<string, string>()
  const checkOptions = (path: string, options: unknown[]) => {
    if (options.length < 2 || options.length > OPTIONS_MAX) add(path, 'bad_option_count')
    const codes = new Set<unknown>()
    let favourable = 0
    let withPoints = 0
    options.forEach((option, index) => {
      const fields = fieldsOf(option)
      const at = `${path}.${index}`
      onlyKeys(at, fields, ['code', 'text', 'favourable', 'points'])
      if (typeof fields['code'] !== 'string' || !/^[a-z0-9_]{1,32}$/.test(fields['code'])) add(`${at}.code`, 'bad_code')
      if (codes.has(fields['code'])) add(`${at}.code`, 'duplicate_code')
      codes.add(fields['code'])
      checkText(`${at}.text`, fields['text'])
      if (fields['favourable'] === true) favourable += 1
      else if (fields['favourable'] !== undefined) add(`${at}.favourable`, 'bad_flag')
      if (fields['points'] === undefined) return
      withPoints += 1
      if (!Number.isInteger(fields['points']) || Number(fields['points']) < 0) add(`${at}.points`, 'bad_points')
    })
    if (favourable === 0 || favourable === options.length) add(path, 'no_favourable_split')
    if (withPoints !== 0 && withPoints !== options.length) add(path, 'points_missing')
  }
  const checkItem = (path: string, item: Fields, section: string) => {
    onlyKeys(path, item, ITEM_FIELDS)
    const code = item['code']
    if (typeof code !== 'string' || !ITEM_CODE.test(code)) add(`${path}.code`, 'bad_code')
    else if (sectionOfItem.has(code)) add(`${path}.code`, 'duplicate_code')
    else sectionOfItem.set(code, section)
    if (!['responsible', 'receiving', 'both'].includes(String(item['rates']))) add(`${path}.rates`, 'bad_rates')
    checkText(`${path}.text`, item['text'])
    checkText(`${path}.short`, item['short'])
    if (item['hint'] !== undefined) checkText(`${path}.hint`, item['hint'])
    if (typeof item['source'] !== 'string' || item['source'] === '') add(`${path}.source`, 'missing_source')
    for (const flag of ['na', 'sensitive']) {
      if (item[flag] !== undefined && item[flag] !== true) add(`${path}.${flag}`, 'bad_flag')
    }
    const minimum = item['minimum']
    // Ten is the floor for every number shown, so an item's own threshold can only be higher.
    if (minimum !== undefined && !(Number.isInteger(minimum) && Number(minimum) >= 10)) {
      add(`${path}.minimum`, 'bad_minimum')
    }
    if (item['type'] === 'single') checkOptions(`${path}.options`, listOf(item['options']))
    else if (item['type'] !== 'text') add(`${path}.type`, 'bad_type')
    else if (!Array.isArray(item['options']) || item['options'].length > 0) add(`${path}.options`, 'bad_option_count')
  }

  listOf(value['sections']).forEach((section, index) => {
    const fields = fieldsOf(section)
    const path = `sections.${index}`
    onlyKeys(path, fields, ['code', 'applicants', 'items'])
    const code = String(fields['code'])
    if (!SECTIONS.includes(code)) add(`${path}.code`, 'bad_code')
    const applicants = listOf(fields['applicants'])
    if (applicants.length === 0 || !applicants.every((one) => APPLICANTS.includes(String(one)))) {
      add(`${path}.applicants`, 'bad_applicants')
    }
    listOf(fields['items']).forEach((item, at) => checkItem(`${path}.items.${at}`, fieldsOf(item), code))
  })
  if (sectionOfItem.size === 0) add('sections', 'no_items')

  for (const block of ['citizen', 'business']) {
    const sets = listOf(fieldsOf(value['rotation'])[block])
    if (sets.length === 0) add(`rotation.${block}`, 'no_sets')
    sets.forEach((set, index) => {
      const codes = listOf(set)
      const path = `rotation.${block}.${index}`
      if (codes.length === 0 || codes.length > ROTATION_MAX) add(path, 'bad_set_size')
      if (new Set(codes).size !== codes.length) add(path, 'duplicate_code')
      if (codes.some((code) => sectionOfItem.get(String(code)) !== block)) add(path, 'unknown_item')
    })
  }
  return issues
}

/**
 * A definition read from a file or a jsonb column, checked.
 * @throws RangeError naming the first issues when it is not a valid instrument.
 */
export function parseInstrument(value: unknown): Instrument {
  const issues = validateInstrument(value)
  if (issues.length > 0) {
    const named = issues.slice(0, 5).map((issue) => `${issue.path}: ${issue.code}`)
    throw new RangeError(`not a valid instrument: ${named.join('; ')}`)
  }
  return value as Instrument
}
