import { UnitTree, type Scope, type TreeUnit } from './unit-tree.ts'

/** The scopes of a tree of units by number, in the order of `UnitTree.scopes()`. */
export interface NumberedScopes {
  readonly names: readonly Scope[]
  readonly indexOf: ReadonlyMap<Scope, number>
  readonly province: number
  /** Every total with its parts. */
  readonly totals: readonly { readonly total: number; readonly parts: readonly number[] }[]
  /** The scopes that a unit's own answers are part of. */
  readonly ofUnit: (id: number) => readonly number[]
}
const made = new WeakMap<readonly TreeUnit[], NumberedScopes>()

/** Numbers the scopes of a list of units, once for the same list. */
export function scopesOfUnits(units: readonly TreeUnit[]): NumberedScopes {
  const found = made.get(units) ?? number(units)
  made.set(units, found)
  return found
}

function number(units: readonly TreeUnit[]): NumberedScopes {
  const tree = new UnitTree(units)
  const names = tree.scopes()
  const indexOf = new Map(names.map((name, index) => [name, index]))
  const indexes = (scopes: readonly Scope[]) => scopes.flatMap((scope) => indexOf.get(scope) ?? [])
  const ofUnit = new Map<number, readonly number[]>()
  return {
    names,
    indexOf,
    province: indexOf.get('province') ?? -1,
    totals: tree.totals().map(({ total, parts }) => ({ total: indexOf.get(total) ?? -1, parts: indexes(parts) })),
    ofUnit: (id) => {
      const known = ofUnit.get(id) ?? indexes(tree.scopesOf(id))
      ofUnit.set(id, known)
      return known
    },
  }
}
