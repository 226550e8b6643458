import { z } from 'zod'
import type { AnswerSigns } from './signs.ts'

/** Rules by which answers can be kept out, in the order in which one answer is told by them. */
export const RULE_CODES = ['speeding_and_straight_lining', 'speeding', 'straight_lining', 'item_nonresponse'] as const
export type RuleCode = (typeof RULE_CODES)[number]

/**
 * Rules in force. `speeding`: fewer than `limit` × the campaign's median time for a question. `straight_lining`: all blocks of
 * at least four rows, `limit` of them or more, the same answer throughout. `speeding_and_straight_lining`: both, `limit` for the
 * time. `item_nonresponse`: no value in more than `limit` of the questions put.
 *
 * One sign alone is weak evidence: short blocks of satisfied people look alike. That is why the first rule exists.
 * Source: Meade & Craig, Psychological Methods 17 (2012); Greszki, Meyer & Schoen, Public Opinion Quarterly 79 (2015), for
 * limits relative to the median.
 */
export const rulesSchema = z
  .array(
    z.discriminatedUnion('code', [
      z.strictObject({ code: z.literal('speeding_and_straight_lining'), limit: z.number().gt(0).max(0.7) }),
      z.strictObject({ code: z.literal('speeding'), limit: z.number().gt(0).max(0.7) }),
      z.strictObject({ code: z.literal('straight_lining'), limit: z.int().min(2).max(50) }),
      z.strictObject({ code: z.literal('item_nonresponse'), limit: z.number().min(0.2).max(1) }),
    ]),
  )
  .max(RULE_CODES.length)
  .refine((rules) => new Set(rules.map(({ code }) => code)).size === rules.length)
export type QualityRule = z.infer<typeof rulesSchema>[number]

/** Limits that are offered, and by which answers are counted while no rule is in force. */
export const DEFAULT_LIMITS: Readonly<Record<RuleCode, number>> = {
  speeding_and_straight_lining: 0.4,
  speeding: 0.3,
  straight_lining: 3,
  item_nonresponse: 0.5,
}

/** Median of the times for a question over answers that have times; null without any. */
export function medianPace(signs: Iterable<Pick<AnswerSigns, 'msPerQuestion'>>): number | null {
  const known = [...signs].flatMap(({ msPerQuestion }) => msPerQuestion ?? []).sort((a, b) => a - b)
  return known.length === 0 ? null : known[Math.floor((known.length - 1) / 2)]!
}

/** Whether a rule tells an answer. @param pace `medianPace` of the campaign */
export function isToldBy({ code, limit }: QualityRule, signs: AnswerSigns, pace: number | null): boolean {
  const { msPerQuestion, blocks, sameBlocks, asked, given } = signs
  const isFast = (part: number) => msPerQuestion !== null && pace !== null && msPerQuestion < part * pace
  const isStraight = (least: number) => blocks >= least && sameBlocks === blocks
  switch (code) {
    case 'speeding':
      return isFast(limit)
    case 'straight_lining':
      return isStraight(limit)
    case 'speeding_and_straight_lining':
      return isFast(limit) && isStraight(2)
    case 'item_nonresponse':
      return asked > 0 && (asked - given) / asked > limit
  }
}

/** The first rule, in the order of `RULE_CODES`, that keeps an answer out; null: it counts. */
export function keptOutBy(rules: readonly QualityRule[], signs: AnswerSigns, pace: number | null): RuleCode | null {
  const told = new Set(rules.filter((rule) => isToldBy(rule, signs, pace)).map(({ code }) => code))
  return RULE_CODES.find((code) => told.has(code)) ?? null
}
