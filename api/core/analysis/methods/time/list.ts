import type { Method } from '../../method.ts'
import { changePointsMethod } from './change-points.ts'
import { earsMethod } from './ears.ts'
import { shareTrendMethod } from './share-trend.ts'
import { trendMethod } from './trend.ts'

export const changesInTime: readonly Method[] = [changePointsMethod, earsMethod, trendMethod, shareTrendMethod]
