/** A unit in the tree; a parent outside the list is the province. */
export interface TreeUnit {
  readonly id: number
  readonly parentId: number | null
}

/** What a page may ask about: the province, a unit with everything below it, or a unit alone. */
export type Scope = 'province' | `tree:${number}` | `unit:${number}`

/** The units as scopes: a unit with children is shown as a tree of itself and them. */
export class UnitTree {
  private readonly children = new Map<number, number[]>()
  private readonly roots: number[] = []
  private readonly parent = new Map<number, number | null>()

  constructor(units: readonly TreeUnit[]) {
    const known = new Set(units.map((unit) => unit.id))
    for (const { id, parentId } of units) {
      const inside = parentId !== null && known.has(parentId)
      this.parent.set(id, inside ? parentId : null)
      if (inside) this.children.set(parentId, [...(this.children.get(parentId) ?? []), id])
      else this.roots.push(id)
    }
  }

  /** The totals that a unit's own answers are part of, the unit itself first. */
  scopesOf(id: number): Scope[] {
    const scopes: Scope[] = [`unit:${id}`, 'province']
    for (let at: number | null = id; at !== null; at = this.parent.get(at) ?? null)
      if (this.children.has(at)) scopes.push(`tree:${at}`)
    return scopes
  }

  /** Every total with its parts: the province and each unit that has units below it. */
  totals(): { total: Scope; parts: Scope[] }[] {
    const shown = (id: number): Scope => (this.children.has(id) ? `tree:${id}` : `unit:${id}`)
    return [
      { total: 'province', parts: this.roots.map(shown) },
      ...[...this.children].map(([id, below]) => ({
        total: `tree:${id}` as Scope,
        parts: [`unit:${id}` as Scope, ...below.map(shown)],
      })),
    ]
  }

  /** Every scope there is. */
  scopes(): Scope[] {
    return [...new Set<Scope>(this.totals().flatMap(({ total, parts }) => [total, ...parts]))]
  }
}
