import type { Method } from './method.ts'
import { shareMethod } from './methods/share.ts'

/** Methods that answer one kind of question. */
export interface MethodGroup {
  readonly title: string
  readonly methods: readonly Method[]
}

/** Every statistical method that can be called by name, in the order of `--help`. */
export const methodGroups: readonly MethodGroup[] = [
  {
    title: 'Intervals for shares, rates and differences',
    methods: [shareMethod],
  },
]

export const methods: readonly Method[] = methodGroups.flatMap((group) => group.methods)

export function findMethod(name: string): Method | null {
  return methods.find((method) => method.name === name) ?? null
}
