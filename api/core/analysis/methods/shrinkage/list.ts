import type { Method } from '../../method.ts'
import { betaBinomialMethod } from './beta-binomial.ts'
import { fayHerriotMethod } from './fay-herriot.ts'
import { jamesSteinMethod } from './james-stein.ts'
import { randomEffectsMethod } from './random-effects.ts'
import { randomInterceptMethod } from './random-intercept.ts'

export const shrinkage: readonly Method[] = [
  fayHerriotMethod,
  randomEffectsMethod,
  randomInterceptMethod,
  jamesSteinMethod,
  betaBinomialMethod,
]
