import type { Method } from '../../method.ts'
import { carelessMethod } from './careless.ts'
import { concentrationMethod, dispersionMethod, fitMethod, runsMethod } from './counts.ts'
import { combinePMethod, eProcessMethod, fisherExactMethod } from './evidence.ts'
import { scanMethod } from './scan.ts'

export const integrity: readonly Method[] = [
  carelessMethod,
  dispersionMethod,
  fitMethod,
  runsMethod,
  concentrationMethod,
  scanMethod,
  fisherExactMethod,
  combinePMethod,
  eProcessMethod,
]
