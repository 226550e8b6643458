import type { Method } from '../../method.ts'
import { driversMethod } from './drivers.ts'
import { regressionMethod } from './regression.ts'

export const keyDrivers: readonly Method[] = [driversMethod, regressionMethod]
