import { codebook } from './codebook.ts'
import type { ItemLineage, Questionnaire, SurveyItem, SurveyOption } from './definition.ts'
import type { QuestionnaireFault } from './faults.ts'
import { LIMITS } from './schema.ts'

type Add = (path: string, code: QuestionnaireFault['code'], subject?: string) => void

/** Faults of sections, items and options by themselves: codes, values, ranges, forms, lineage. */
export function itemFaults(questionnaire: Questionnaire): QuestionnaireFault[] {
  const faults: QuestionnaireFault[] = []
  const add: Add = (path, code, subject) => faults.push({ path, code, ...(subject === undefined ? {} : { subject }) })
  const { sections, forms = [] } = questionnaire

  const once = (seen: Set<string>, path: string, code: string) => {
    if (seen.has(code)) add(path, 'duplicate_code', code)
    seen.add(code)
  }
  const inForms = new Set<string>()
  for (const [f, form] of forms.entries()) once(inForms, `forms.${f}`, form)
  const inSections = new Set<string>()
  const inItems = new Set<string>()
  for (const [s, section] of sections.entries()) {
    once(inSections, `sections.${s}.code`, section.code)
    for (const [i, item] of section.items.entries()) {
      const path = `sections.${s}.items.${i}`
      once(inItems, `${path}.code`, item.code)
      lineageFaults(questionnaire, item.lineage, path, add)
      if ('options' in item) optionFaults(item, item.options, path, add)
      if (item.type === 'matrix') {
        for (const [r, row] of item.rows.entries()) {
          once(inItems, `${path}.rows.${r}.code`, row.code)
          lineageFaults(questionnaire, row.lineage, `${path}.rows.${r}`, add)
        }
      }
      rangeFaults(item, path, add)
      if (item.type === 'list') formFaults(item, forms, path, add)
      if (item.type === 'units' && section.repeat !== undefined) add(path, 'units_in_repeat', item.code)
    }
  }
  if (inItems.size > LIMITS.items) add('sections', 'too_many_items')
  nameFaults(questionnaire, inItems, add)
  return faults
}

function optionFaults(item: SurveyItem, options: readonly SurveyOption[], path: string, add: Add): void {
  const seen = new Set<string>()
  for (const [o, { code, exclusive }] of options.entries()) {
    if (seen.has(code)) add(`${path}.options.${o}.code`, 'duplicate_code', code)
    seen.add(code)
    if (exclusive === true && item.type !== 'multiple') add(`${path}.options.${o}.exclusive`, 'exclusive_unfit', code)
  }
  if (options.length < 2 && item.type !== 'multiple') add(`${path}.options`, 'too_few_options', item.code)
  if (options.some(({ value }) => value !== undefined)) {
    for (const [o, { code, value }] of options.entries())
      if (value === undefined) add(`${path}.options.${o}.value`, 'value_missing', code)
  }
  const isChoice = item.type === 'single' || item.type === 'matrix'
  if (isChoice && options.length > 1 && options.every(({ favourable }) => favourable === true))
    add(`${path}.options`, 'all_favourable', item.code)
  if ((item.type === 'multiple' || item.type === 'ranking') && (item.atMost ?? 1) > options.length)
    add(`${path}.atMost`, 'at_most_unfit', item.code)
}

function rangeFaults(item: SurveyItem, path: string, add: Add): void {
  if (item.type === 'number') {
    if (!(item.min < item.max)) add(`${path}.max`, 'empty_range', item.code)
    for (const end of ['min', 'max'] as const)
      if (Number(item[end].toFixed(item.decimals ?? 0)) !== item[end]) add(`${path}.${end}`, 'too_precise', item.code)
  }
  if (item.type === 'date') {
    for (const end of ['min', 'max'] as const)
      if (item[end] !== undefined && !isDay(item[end])) add(`${path}.${end}`, 'bad_day', item.code)
    if (item.min !== undefined && item.max !== undefined && item.min > item.max)
      add(`${path}.max`, 'empty_range', item.code)
  }
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 10) === text
}

function formFaults(
  item: Extract<SurveyItem, { type: 'list' }>,
  forms: readonly string[],
  path: string,
  add: Add,
): void {
  if (forms.length < 2) return add(`${path}.treated`, 'forms_needed', item.code)
  for (const [t, form] of item.treated.entries())
    if (!forms.includes(form)) add(`${path}.treated.${t}`, 'unknown_form', form)
  if (forms.every((form) => item.treated.includes(form))) add(`${path}.treated`, 'all_treated', item.code)
}

function lineageFaults(
  { code, version }: Questionnaire,
  lineage: readonly ItemLineage[] | undefined,
  path: string,
  add: Add,
): void {
  for (const [l, one] of (lineage ?? []).entries())
    if (one.code === code && one.version >= version) add(`${path}.lineage.${l}.version`, 'lineage_later', one.item)
}

/** Columns of exports are named after items and options, and analysts' programs do not tell small letters from capitals. */
function nameFaults(questionnaire: Questionnaire, items: ReadonlySet<string>, add: Add): void {
  const owner = new Map<string, string>([...items].map((code) => [code, code]))
  for (const { name, item, option, place } of codebook(questionnaire)) {
    if (option === null && place === null) continue
    const upper = name.toUpperCase()
    const taken = owner.get(upper)
    if (taken !== undefined && taken !== item) add(pathOfItem(questionnaire, item), 'name_taken', taken)
    owner.set(upper, item)
  }
}

function pathOfItem({ sections }: Questionnaire, code: string): string {
  for (const [s, { items }] of sections.entries()) {
    const i = items.findIndex((item) => item.code === code)
    if (i >= 0) return `sections.${s}.items.${i}.code`
  }
  return 'sections'
}
