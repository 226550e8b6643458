import type { IndexDefinition } from '../core/index/definition.ts'
import type { ExplainStep } from '../core/index/explain.ts'

/** The steps of one unit as an indented list: score, weight, contribution, and for indicators how the raw value became it. */
export function explainText(
  { indicators, nodes }: IndexDefinition,
  { unit, period, steps }: { unit: string; period?: string; steps: readonly ExplainStep[] },
): string {
  const labels = new Map([...nodes, ...indicators].map(({ code, label }) => [code, label.vi]))
  const lines = steps.map((step) => {
    const part =
      step.contribution === null || step.parent === null ? '' : `, adds ${step.contribution} to ${step.parent}`
    const weight = step.share === null ? '' : `, weight ${step.weight} (${step.share})`
    return `${'  '.repeat(step.depth)}${step.code} ${labels.get(step.code)}: ${step.score ?? 'missing'}${weight}${part}; ${how(step)}`
  })
  return `${[period === undefined ? unit : `${unit} ${period}`, ...lines].join('\n')}\n`
}

function how(step: ExplainStep): string {
  if (step.kind === 'node') {
    const name = typeof step.aggregate === 'string' ? step.aggregate : `power mean ${step.aggregate.power}`
    const factor = step.multiply === 1 ? '' : ` × ${step.multiply}`
    return `${name} of ${step.present} of ${step.of}${factor}`
  }
  const { method, to } = step.normalise
  const bounds = step.bounds === null ? '' : ` between ${step.bounds.min} and ${step.bounds.max}`
  const range = to === undefined ? '' : ` to ${to[0]}–${to[1]}`
  return `raw ${step.raw ?? 'missing'}, ${step.direction} is better, ${method}${bounds}${range}`
}
