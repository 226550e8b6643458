import type { CampaignRow } from '../../db/queries/campaigns.ts'
import { rulesSchema, type QualityRule } from '../core/quality/rules.ts'
import { PLAIN_WEIGHTING, weightingSchema } from '../core/weights/weighting.ts'
import type { Weighting } from '../core/weights/case-weights.ts'

/** How a campaign's answers are weighed, as it is stored. */
export function weightingOf({ weighting }: Pick<CampaignRow, 'weighting'>): Weighting {
  return Object.keys(weighting as object).length === 0 ? PLAIN_WEIGHTING : weightingSchema.parse(weighting)
}

/** The rules in force. */
export function rulesOf({ quality_rules: rules }: Pick<CampaignRow, 'quality_rules'>): QualityRule[] {
  return rulesSchema.parse(rules)
}

/** Attributes of the frame that weights are made of, each once. */
export function weightingAttributes({ classes, margins }: Weighting): string[] {
  return [...new Set([...classes, ...margins.map(({ attribute }) => attribute)])].filter((name) => name !== '')
}
