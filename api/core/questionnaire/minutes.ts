import type { AskedSection } from './asked.ts'
import type { Questionnaire, SurveyItem } from './definition.ts'

/**
 * Seconds that a question takes, read and answered by oneself. An ordinary question of its own takes about ten, and a list of
 * 85 of them fills 15 minutes (Pew Research Center, "How we keep our online surveys from running too long", 2022). That a row
 * of a matrix takes less and words take more is from the same page; how much is our own assumption until campaigns here have
 * measured it (`itemMs`).
 */
const SECONDS: Readonly<Record<SurveyItem['type'], number>> = {
  single: 10,
  multiple: 15,
  ranking: 20,
  number: 12,
  percent: 12,
  date: 12,
  text: 30,
  list: 20,
  units: 20,
  matrix: 5,
}
const SECONDS_PER_ROW = 7
/** Reading the notice and the thanks. */
const SECONDS_AROUND = 30
/** Share of respondents who are asked a question that has a condition: our own assumption. */
const ASKED_SHARE = 0.5
/** Units that a respondent rates, where more than one may be chosen: our own assumption. */
const UNITS_RATED = 2

/** Minutes that a typical respondent needs, at least 1: what the questionnaire says of itself, or the sum over its questions. */
export function minutesOf(questionnaire: Questionnaire): number {
  return questionnaire.minutes ?? Math.max(1, Math.ceil(estimatedSeconds(questionnaire) / 60))
}

/**
 * Whole minutes left for a respondent who comes to a page, out of the minutes for all pages. At least 1 while anything is left.
 * @param pages every page that is asked, in order; `from` the place of the first that is still to come
 */
export function minutesLeft(questionnaire: Questionnaire, pages: readonly AskedSection[], from: number): number {
  const seconds = (some: readonly AskedSection[]) =>
    some
      .flatMap(({ items }) => items)
      .reduce((sum, { item, rows }) => sum + SECONDS[item.type] + SECONDS_PER_ROW * rows.length, 0)
  const left = seconds(pages.slice(from))
  return left === 0 ? 0 : Math.max(1, Math.round((minutesOf(questionnaire) * left) / seconds(pages)))
}

/** Seconds that a typical respondent needs by the kinds of the questions, whatever the questionnaire says of itself. */
export function estimatedSeconds({ sections }: Questionnaire): number {
  const timesOf = new Map(
    sections.flatMap((section) =>
      section.items.flatMap((item): [string, number][] =>
        item.type === 'units'
          ? [[item.code, Math.min(UNITS_RATED, item.atMost) * shareOf(section) * shareOf(item)]]
          : [],
      ),
    ),
  )
  return sections.reduce((sum, section) => {
    const times = section.repeat === undefined ? 1 : (timesOf.get(section.repeat) ?? 1)
    const within = section.items.reduce((part, item) => part + secondsOf(item) * shareOf(item), 0)
    return sum + within * times * shareOf(section)
  }, SECONDS_AROUND)
}

const shareOf = ({ when }: { when?: unknown }) => (when === undefined ? 1 : ASKED_SHARE)

function secondsOf(item: SurveyItem): number {
  const rows = item.type === 'matrix' ? item.rows.reduce((sum, row) => sum + SECONDS_PER_ROW * shareOf(row), 0) : 0
  return SECONDS[item.type] + rows
}
