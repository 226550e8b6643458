import type { Method } from '../../method.ts'
import { rankBootstrapMethod } from './rank-bootstrap.ts'
import { rankSetsMethod } from './rank-sets.ts'
import { ranksMethod } from './ranks.ts'
import { threeGroupsMethod } from './three-groups.ts'

export const ranks: readonly Method[] = [rankSetsMethod, rankBootstrapMethod, threeGroupsMethod, ranksMethod]
