import type { Session } from '../../db/backup/session.ts'
import { indexRows, indexRuns, publicationRows, type ScoreChoice } from '../../db/queries/export-scores.ts'
import type { IndexDefinition } from '../core/index/definition.ts'
import { elementsOf } from '../core/index/run/elements.ts'
import { SCORE_COLUMNS } from './columns.ts'
import type { CsvLook } from './csv.ts'
import { rowsOf, type OpenExport, type Piece } from './row-export.ts'

/** Where scores come from; each gives queries in the columns of `SCORE_COLUMNS`. */
export const SCORE_SOURCES = ['publications', 'indices'] as const
export type ScoreSource = (typeof SCORE_SOURCES)[number]

/** Scores as they are shown: what suppression hid when a run was made has no numbers here either. */
export function scoreExport(tenantId: number, source: ScoreSource, choice: ScoreChoice): OpenExport {
  return async (session, look) => ({
    header: SCORE_COLUMNS.map(({ name }) => name),
    pieces:
      source === 'publications'
        ? rowsOf(session, publicationRows(tenantId, choice), look)
        : runsOfIndices(session, tenantId, choice, look),
  })
}

async function* runsOfIndices(
  session: Session,
  tenantId: number,
  choice: ScoreChoice,
  look: CsvLook,
): AsyncGenerator<Piece> {
  const runs = await session.sql.unsafe<{ id: number; definition: string }[]>(indexRuns(tenantId, choice))
  for (const { id, definition } of runs)
    yield* rowsOf(session, indexRows(tenantId, id, scored(JSON.parse(definition) as IndexDefinition)), look)
}

function scored(definition: IndexDefinition) {
  return elementsOf(definition).elements.map(({ code, kind, row }) => {
    const isRoot = kind === 'node' && row.parent === null
    return { code, min: isRoot ? definition.scale.min : null, max: isRoot ? definition.scale.max : null }
  })
}
