import type { Method } from '../../method.ts'
import { boundsDecompositionMethod } from './bounds-decomposition.ts'
import { directStandardisationMethod } from './direct.ts'
import { indirectStandardisationMethod } from './indirect.ts'
import { kitagawaMethod } from './kitagawa.ts'

export const standardisation: readonly Method[] = [
  directStandardisationMethod,
  indirectStandardisationMethod,
  kitagawaMethod,
  boundsDecompositionMethod,
]
