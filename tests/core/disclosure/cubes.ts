import type { CubeCell, CubeEquation } from '../../../api/core/disclosure/complementary.ts'

export interface TestCube {
  readonly cells: readonly CubeCell[]
  readonly equations: readonly CubeEquation[]
}

/** A hierarchy: each inner node is the sum of its children. */
export interface Level {
  readonly name: string
  readonly children: readonly Level[]
}

export function leaf(name: string): Level {
  return { name, children: [] }
}

/** One year of `quarters` quarters of three months each. */
export function year(quarters = 4): Level {
  const quarter = (q: number) => ({ name: `q${q}`, children: [0, 1, 2].map((m) => leaf(`m${3 * q + m}`)) })
  return { name: 'year', children: Array.from({ length: quarters }, (_, q) => quarter(q)) }
}

/** A random hierarchy with inner nodes of `width` or fewer children down to the given depth. */
export function randomTree(random: () => number, name: string, depth: number, width: number): Level {
  const children = 1 + Math.floor(width * random())
  if (depth === 0 || random() < 0.15) return leaf(name)
  return {
    name,
    children: Array.from({ length: children }, (_, i) => randomTree(random, `${name}.${i}`, depth - 1, width)),
  }
}

/** Every combination of nodes of the hierarchies, with all sums along each of them. `draw` gives the innermost counts. */
export function crossed(levels: readonly Level[], draw: (path: readonly string[]) => number): TestCube {
  const n = new Map<string, number>()
  const equations: CubeEquation[] = []
  const id = (path: readonly string[]) => path.join('/')
  const count = (path: readonly Level[]): number => {
    const key = id(path.map(({ name }) => name))
    const known = n.get(key)
    if (known !== undefined) return known
    const axes = path.flatMap((level, axis) => (level.children.length > 0 ? [axis] : []))
    const sums = axes.map((axis) => {
      const parts = path[axis]!.children.map((child) => path.with(axis, child))
      equations.push({ total: key, parts: parts.map((part) => id(part.map(({ name }) => name))) })
      return parts.reduce((total, part) => total + count(part), 0)
    })
    const value = sums[0] ?? draw(path.map(({ name }) => name))
    n.set(key, value)
    return value
  }
  count(levels)
  return { cells: [...n].map(([cell, value]) => ({ id: cell, n: value })), equations }
}
