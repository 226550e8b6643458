import type { Method } from './method.ts'
import { adjustMethod } from './methods/adjust.ts'
import { agreement } from './methods/agreement/list.ts'
import { smallCellsMethod } from './methods/audit/small-cells.ts'
import { controlCharts } from './methods/charts/list.ts'
import { keyDrivers } from './methods/drivers/list.ts'
import { integrity } from './methods/integrity/list.ts'
import { funnelMethod } from './methods/funnel.ts'
import { changesInTime } from './methods/time/list.ts'
import { describeMethod } from './methods/describe.ts'
import { pairedDifferenceMethod, shareDifferenceMethod } from './methods/difference.ts'
import { distributionMethod } from './methods/distribution.ts'
import { ranks } from './methods/ranks/list.ts'
import { rateMethod } from './methods/rate.ts'
import { shareMethod } from './methods/share.ts'
import { standardisation } from './methods/standardise/list.ts'
import { shrinkage } from './methods/shrinkage/list.ts'

/** Methods that answer one kind of question. */
export interface MethodGroup {
  readonly title: string
  readonly methods: readonly Method[]
}

/** Every statistical method that can be called by name, in the order of `--help`. */
export const methodGroups: readonly MethodGroup[] = [
  {
    title: 'Intervals for shares, rates and differences',
    methods: [shareMethod, rateMethod, shareDifferenceMethod, pairedDifferenceMethod],
  },
  {
    title: 'Description and distributions',
    methods: [describeMethod, distributionMethod],
  },
  { title: 'Small units: shrinkage and small-area models', methods: shrinkage },
  { title: 'Ranks as sets', methods: ranks },
  { title: 'Fair comparison and change', methods: standardisation },
  { title: 'Agreement of measurements and raters', methods: agreement },
  {
    title: 'Many tests',
    methods: [adjustMethod],
  },
  { title: 'Control charts', methods: controlCharts },
  { title: 'Changes in time', methods: changesInTime },
  { title: 'Units against a target', methods: [funnelMethod] },
  { title: 'Key drivers', methods: keyDrivers },
  { title: 'Disclosure', methods: [smallCellsMethod] },
  { title: 'Gamed or careless answers', methods: integrity },
]

export const methods: readonly Method[] = methodGroups.flatMap((group) => group.methods)

export function findMethod(name: string): Method | null {
  return methods.find((method) => method.name === name) ?? null
}
