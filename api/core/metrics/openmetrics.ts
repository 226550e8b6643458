/** Media type of the OpenMetrics text format, version 1.0.0. */
export const OPENMETRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

export type Labels = Readonly<Record<string, string>>
/** One line of a family. */
export interface Sample {
  /** Appended to the family's name: `_total`, `_bucket`, `_sum`, `_count`; none for a gauge. */
  readonly suffix?: '_total' | '_bucket' | '_sum' | '_count'
  readonly labels?: Labels
  readonly value: number
}
/** Numbers of one kind. Its unit, where it has one, ends the name: `…_seconds`. */
export interface Family {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly unit?: 'seconds'
  readonly help: string
  readonly samples: readonly Sample[]
}

/**
 * Writes families as OpenMetrics text, closed by `# EOF`. Samples that are no finite number are left out.
 *
 * A writer of our own, because it is forty lines without dependencies that both front doors can run, while the usual
 * client library brings its own registry and needs Node.
 */
export function openMetrics(families: readonly Family[]): string {
  const lines = families.flatMap(({ name, type, unit, help, samples }) => [
    `# TYPE ${name} ${type}`,
    ...(unit ? [`# UNIT ${name} ${unit}`] : []),
    `# HELP ${name} ${escaped(help)}`,
    ...samples
      .filter(({ value }) => Number.isFinite(value))
      .map(({ suffix = '', labels = {}, value }) => `${name}${suffix}${braced(labels)} ${value}`),
  ])
  return `${[...lines, '# EOF'].join('\n')}\n`
}

function braced(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
