import type { SurveyIssueCode } from '../../api/core/questionnaire/check.ts'
import type { SurveyItem } from '../../api/core/questionnaire/definition.ts'
import { plainNumber, t } from './words.ts'

/** What to say about a fault of an answer, and how to mend it. */
export function faultWords(item: SurveyItem, code: SurveyIssueCode): string {
  switch (code) {
    case 'missing':
      return t(item.na === true ? 'fault_missingOrNa' : 'fault_missing')
    case 'wrong_type':
      return t(item.type === 'number' || item.type === 'percent' ? 'fault_number' : 'fault_other')
    case 'out_of_range':
      if (item.type === 'number') return t('fault_range', { min: plainNumber(item.min), max: plainNumber(item.max) })
      return item.type === 'percent' ? t('fault_range', { min: 0, max: 100 }) : t('fault_day')
    case 'too_precise': {
      const decimals = item.type === 'number' ? (item.decimals ?? 0) : 1
      return decimals === 0 ? t('fault_whole') : t('fault_precise', { n: decimals })
    }
    case 'bad_day':
      return t('fault_day')
    case 'too_many':
      return t('fault_many')
    case 'too_long':
      return t('fault_long')
    default:
      return t('fault_other')
  }
}
