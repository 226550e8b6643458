import type { Method } from '../../method.ts'
import { blandAltmanMethod } from './bland-altman.ts'
import { concordanceMethod } from './concordance.ts'
import { correlationMethod } from './correlation.ts'
import { demingMethod } from './deming.ts'
import { iccMethod } from './icc.ts'
import { kendallWMethod } from './kendall-w.ts'

export const agreement: readonly Method[] = [
  blandAltmanMethod,
  concordanceMethod,
  correlationMethod,
  demingMethod,
  iccMethod,
  kendallWMethod,
]
