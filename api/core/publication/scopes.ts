import type { Scope } from '../figures/visibility.ts'

export interface ScopeUnit {
  readonly id: number
  readonly kind: string
  readonly parentId: number | null
}
/** How a unit is published: which units' answers it sums, and where it stands in the tree. */
export interface PublicScope {
  readonly unit: number
  readonly scope: Scope
  /** Units whose counts are summed; null: all. */
  readonly members: readonly number[] | null
  /** Published scopes that add up to this one; empty for a unit alone. */
  readonly parts: readonly number[]
}

/**
 * Scopes of all units as their pages show them: the province all units, a unit with others below it itself and them, any
 * other unit itself.
 * @param units the tenant's own units
 * @param provinceId the national unit above them, or null when one of them is the province or there is none
 */
export function publicScopes(units: readonly ScopeUnit[], provinceId: number | null): PublicScope[] {
  const known = new Set(units.map((unit) => unit.id))
  const children = new Map<number, number[]>()
  const roots: number[] = []
  for (const { id, parentId } of units) {
    if (parentId !== null && known.has(parentId)) children.set(parentId, [...(children.get(parentId) ?? []), id])
    else roots.push(id)
  }
  const below = (id: number): number[] => (children.get(id) ?? []).flatMap((child) => [child, ...below(child)])
  const own = units.map(({ id }): PublicScope => {
    const inside = below(id)
    if (inside.length === 0) return { unit: id, scope: `unit:${id}`, members: [id], parts: [] }
    const parts = children.get(id) ?? []
    return inside.length + 1 === units.length
      ? { unit: id, scope: 'province', members: null, parts }
      : { unit: id, scope: `tree:${id}`, members: [id, ...inside], parts }
  })
  return provinceId === null ? own : [{ unit: provinceId, scope: 'province', members: null, parts: roots }, ...own]
}
