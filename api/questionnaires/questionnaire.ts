import type { Transaction } from 'kysely'
import { findQuestionnaire, type QuestionnaireRow } from '../../db/queries/questionnaires.ts'
import type { DB } from '../../db/schema/tables.ts'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import { layoutOf } from '../core/questionnaire/layout.ts'
import { minutesOf } from '../core/questionnaire/minutes.ts'
import type { QuestionnaireKey } from '../core/questionnaire/own.ts'
import { AppError } from '../errors.ts'
import { sha256, toHex } from '../invitations/token.ts'

/** A questionnaire that ships with the platform, or one of the tenant's own. */
export interface QuestionnaireVersion extends QuestionnaireKey {
  /** A shipped one becomes the tenant's own, published, when a campaign takes it. */
  readonly state: 'shipped' | QuestionnaireRow['state']
  readonly definition: Questionnaire
  /** Canonical text of the definition, and its SHA-256 in hexadecimal. */
  readonly text: string
  readonly sha256: string
  readonly copiedFrom: (QuestionnaireKey & { readonly sha256: string }) | null
  readonly changed: { readonly at: Date; readonly by: string } | null
  readonly published: { readonly at: Date; readonly by: string } | null
}

/** Made once: files of the product do not change while it runs. */
let shipped: readonly QuestionnaireVersion[] | null = null

/** The questionnaires that ship with the platform, in the order in which they are listed. */
export function allShipped(): readonly QuestionnaireVersion[] {
  shipped ??= shippedQuestionnaires.map((definition) => ({
    code: definition.code,
    version: definition.version,
    state: 'shipped',
    definition,
    ...textOf(definition),
    copiedFrom: null,
    changed: null,
    published: null,
  }))
  return shipped
}

/** Whether a code belongs to a shipped questionnaire: a tenant's own has another. */
export function isShipped(code: string): boolean {
  return allShipped().some((one) => one.code === code)
}

/** Canonical text of a definition and its hash. */
export function textOf(definition: Questionnaire): { text: string; sha256: string } {
  const text = canonicalText(definition)
  return { text, sha256: toHex(sha256(text)) }
}

/** The definition of a stored row. */
export function definitionOf({ definition }: Pick<QuestionnaireRow, 'definition'>): Questionnaire {
  return JSON.parse(definition) as Questionnaire
}

/** The questionnaire of a stored row. */
export function ownQuestionnaire(row: QuestionnaireRow): QuestionnaireVersion {
  return {
    code: row.code,
    version: row.version,
    state: row.state,
    definition: definitionOf(row),
    text: row.definition,
    sha256: row.sha256,
    copiedFrom: row.copied_from === null ? null : (JSON.parse(row.copied_from) as QuestionnaireVersion['copiedFrom']),
    changed: { at: row.changed_at, by: row.changed_by },
    published: row.published_at === null ? null : { at: row.published_at, by: row.published_by ?? '' },
  }
}

/** One of the tenant's own, or a shipped one that it has not taken over; null where there is none. */
export async function lookUpQuestionnaire(
  trx: Transaction<DB>,
  tenantId: number,
  { code, version }: QuestionnaireKey,
): Promise<QuestionnaireVersion | null> {
  const row = await findQuestionnaire(trx, tenantId, { code, version })
  if (row) return ownQuestionnaire(row)
  return allShipped().find((one) => one.code === code && one.version === version) ?? null
}

/** The same. @throws AppError not_found */
export async function readQuestionnaire(
  trx: Transaction<DB>,
  tenantId: number,
  key: QuestionnaireKey,
): Promise<QuestionnaireVersion> {
  const found = await lookUpQuestionnaire(trx, tenantId, key)
  if (found === null) throw new AppError('not_found')
  return found
}

/** A questionnaire as the office sees it, without its definition. */
export function questionnaireView(one: QuestionnaireVersion) {
  const { code, version, state, definition, copiedFrom, changed, published } = one
  return {
    code,
    version,
    state,
    title: definition.title,
    population: definition.population,
    sections: definition.sections.length,
    questions: layoutOf(definition).questions.size,
    minutes: minutesOf(definition),
    sha256: one.sha256,
    copiedFrom,
    changedAt: changed?.at.toISOString() ?? null,
    changedBy: changed?.by ?? null,
    publishedAt: published?.at.toISOString() ?? null,
    publishedBy: published?.by ?? null,
  }
}
