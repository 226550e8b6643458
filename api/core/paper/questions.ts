import type { LocalText } from '../instrument/definition.ts'
import type { Condition } from '../questionnaire/condition.ts'
import type { Questionnaire, SurveyItem, SurveyOption, SurveySection } from '../questionnaire/definition.ts'
import { pipe } from '../questionnaire/pipe.ts'
import { escapeHtml } from '../slip/markup.ts'
import { conditionWords, type Numbered } from './numbers.ts'
import { NA_MARK, WORDS } from './words.ts'

/** A part that repeats is printed for so many units at most. */
const REPEATS_MAX = 5
type Numbers = ReadonlyMap<string, Numbered>
type Words = keyof typeof WORDS.vi

/** All parts of a questionnaire as they stand on paper. @param form of list experiments */
export function sectionsOnPaper(questionnaire: Questionnaire, numbers: Numbers, form: string | null): string {
  return questionnaire.sections
    .flatMap((section, at) => timesOf(section, numbers).map((unit) => onPaper(section, { at, unit, numbers, form })))
    .join('')
}

/** Places of the units that a part is about, from 1; one null where it does not repeat. */
function timesOf({ repeat }: SurveySection, numbers: Numbers): (number | null)[] {
  if (repeat === undefined) return [null]
  const chooses = numbers.get(repeat)?.item
  const most = chooses?.type === 'units' ? Math.min(chooses.atMost, REPEATS_MAX) : 1
  return Array.from({ length: most }, (_, i) => i + 1)
}

interface Place {
  readonly at: number
  readonly unit: number | null
  readonly numbers: Numbers
  readonly form: string | null
}

function onPaper(section: SurveySection, place: Place): string {
  const name = (text: string) => pipe(text, place.unit === null ? null : '……………')
  const both = ({ vi, en }: LocalText) => ({ vi: name(vi), en: name(en) })
  const unit =
    place.unit === null
      ? ''
      : `<p class="unit">${WORDS.vi.unit} ${place.unit} – ${WORDS.vi.unitName} <i lang="en">${WORDS.en.unitName}</i>: <span class="line"></span></p>`
  const intro = section.intro === undefined ? '' : `<p>${bilingual(both(section.intro))}</p>`
  return `<h2>${WORDS.vi.part} ${place.at + 1}. ${bilingual(both(section.title))}</h2>${unit}${onlyIf(section.when, place.numbers)}${intro}
${section.items.map((item) => question(item, place, both)).join('\n')}`
}

function question(item: SurveyItem, { numbers, form }: Place, both: (text: LocalText) => LocalText): string {
  const hint = item.hint === undefined ? '' : `<p class="hint">${bilingual(both(item.hint))}</p>`
  const isPrivate = item.sensitive === true ? `<p class="private">${said('private')}</p>` : ''
  return `<div class="question">${isPrivate}${onlyIf(item.when, numbers)}<p class="text"><b>${numbers.get(item.code)?.label ?? ''}.</b> ${bilingual(both(item.text))} <small>[${escapeHtml(item.code)}]</small></p>
${hint}${answerOf(item, numbers, form, both)}</div>`
}

function answerOf(
  item: SurveyItem,
  numbers: Numbers,
  form: string | null,
  both: (text: LocalText) => LocalText,
): string {
  const na = item.na === true ? `<li class="na">${box(NA_MARK)} ${said('na')}</li>` : ''
  const alone = na === '' ? '' : `<ul>${na}</ul>`
  const most = (limit: number | undefined) =>
    limit === undefined ? '' : ` (${WORDS.vi.atMost} ${limit} <i lang="en">${WORDS.en.atMost} ${limit}</i>)`
  switch (item.type) {
    case 'single':
      return `<p class="do">${said('one')}</p>${options(item.options, na, both)}`
    case 'multiple':
      return `<p class="do">${said('many')}${most(item.atMost)}</p>${options(item.options, na, both)}`
    case 'ranking':
      return `<p class="do">${said('rank')}${most(item.atMost)}</p>${options(item.options, na, both)}`
    case 'matrix': {
      const marks = item.options.map((_, i) => box(String(i + 1)))
      const heads = item.options.map((option, i) => `<th>${i + 1}. ${bilingual(both(option.text))}</th>`)
      const naHead = item.na === true ? `<th>${NA_MARK}. ${said('na')}</th>` : ''
      const rows = item.rows.map(
        (row) =>
          `<tr><td>${onlyIf(row.when, numbers)}<b>${numbers.get(row.code)?.label ?? ''}.</b> ${bilingual(both(row.text))}</td>${marks.map((mark) => `<td class="mark">${mark}</td>`).join('')}${item.na === true ? `<td class="mark">${box(NA_MARK)}</td>` : ''}</tr>`,
      )
      return `<table><thead><tr><td></td>${heads.join('')}${naHead}</tr></thead><tbody>${rows.join('')}</tbody></table>`
    }
    case 'number':
      return `<p class="do">${said('number')}: <span class="short"></span> ${bilingual(item.unit)} (${item.min}–${item.max})</p>${alone}`
    case 'percent':
      return `<p class="do">${said('percent')}: <span class="short"></span> %</p>${alone}`
    case 'date':
      return `<p class="do">${said('date')}: <span class="short"></span> / <span class="short"></span> / <span class="short"></span></p>${alone}`
    case 'text':
      return `<p class="long"></p><p class="long"></p>${alone}`
    case 'list': {
      const extra = form !== null && item.treated.includes(form) ? [item.extra] : []
      const statements = [...item.statements, ...extra].map((text) => `<li>– ${bilingual(both(text))}</li>`)
      return `<ul>${statements.join('')}</ul><p class="do">${said('list')} <span class="short"></span> (0–${statements.length})</p>${alone}`
    }
    case 'units': {
      const lines = Array.from({ length: item.atMost }, (_, i) => `<p class="long">${i + 1}.</p>`)
      return `<p class="do">${said('units')}</p>${lines.join('')}${alone}`
    }
  }
}

function options(list: readonly SurveyOption[], na: string, both: (text: LocalText) => LocalText): string {
  const lines = list.map((option, i) => `<li>${box(String(i + 1))} ${bilingual(both(option.text))}</li>`)
  return `<ul class="options">${lines.join('')}${na}</ul>`
}

function onlyIf(when: Condition | undefined, numbers: Numbers): string {
  if (when === undefined) return ''
  const [vi, en] = [conditionWords(when, numbers, 'vi'), conditionWords(when, numbers, 'en')]
  return `<p class="only">» ${WORDS.vi.only} ${escapeHtml(vi)}. ${WORDS.vi.skip} <i lang="en">${WORDS.en.only} ${escapeHtml(en)}. ${WORDS.en.skip}</i></p>`
}

const box = (mark: string) => `<span class="box"></span> <b>${mark}</b>`
const bilingual = ({ vi, en }: LocalText) => `${escapeHtml(vi)} <i lang="en">${escapeHtml(en)}</i>`
const said = (key: Words) => bilingual({ vi: WORDS.vi[key], en: WORDS.en[key] })
