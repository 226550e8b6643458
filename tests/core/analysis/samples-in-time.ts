import type { Sample } from './samples.ts'

const rows = (text: string): string[][] => text.split(' ').map((row) => row.split(','))

const series: Sample = {
  numeric: ['x'],
  header: ['time', 'x'],
  rows: rows('1,5 2,7 3,6 4,9 5,4 6,8 7,7 8,12 9,3 10,6 11,5 12,9 13,8 14,6'),
}
const shares: Sample = {
  numeric: ['x', 'n'],
  header: ['time', 'x', 'n'],
  rows: rows('1,8,10 2,90,120 3,30,31 4,3,9 5,45,50 6,33,60'),
}
const sampled: Sample = {
  numeric: ['x'],
  header: ['sample', 'x'],
  rows: rows('a,5 a,7 a,6 b,9 b,4 b,8 c,7 c,12 c,3'),
}
const answers: Sample = {
  numeric: ['y', 'a', 'b'],
  header: ['y', 'a', 'b'],
  rows: rows('5,4,3 4,4,5 3,2,4 1,2,1 5,5,4 2,3,1 4,3,5 3,3,3 2,1,2 5,4,5'),
}
const matrix: Sample = {
  options: { input: 'covariance', n: 40 },
  numeric: ['y', 'a', 'b'],
  header: ['variable', 'y', 'a', 'b'],
  rows: rows('y,2,1,0.5 a,1,1.5,0.3 b,0.5,0.3,1'),
}

/** Control charts, changes in time, funnels, drivers and the audit of small cells. */
export const samplesInTime: Readonly<Record<string, readonly Sample[]>> = {
  xmr: [series, { ...series, options: { baseline: 6, conf: 0.99, stdDev: 'SD' } }],
  'p-chart': [shares, { ...shares, options: { baseline: 4, conf: 0.99 } }],
  'np-chart': [shares],
  'c-chart': [series, { ...series, options: { conf: 0.99 } }],
  'u-chart': [shares],
  'laney-p': [shares],
  'laney-u': [shares],
  'xbar-chart': [sampled, { ...sampled, options: { stdDev: 'MVLUE-R', baseline: 2 } }],
  's-chart': [sampled, { ...sampled, options: { conf: 0.99 } }],
  'r-chart': [sampled, { ...sampled, options: { conf: 0.99 } }],
  ewma: [series, { ...sampled, options: { sample: 'sample', lambda: 0.1 } }],
  cusum: [series, { ...sampled, options: { sample: 'sample' } }],
  'average-run-length': [
    {
      numeric: ['limit'],
      header: ['chart', 'lambda', 'k', 'limit', 'shift'],
      rows: rows('shewhart,,,3,0 ewma,0.2,,2.8,1 cusum,,0.5,4,1'),
    },
  ],
  'critical-value': [
    {
      numeric: ['arl'],
      header: ['chart', 'lambda', 'k', 'arl', 'shift'],
      rows: rows('shewhart,,,370,0 ewma,0.2,,370,0 cusum,,0.5,370,0'),
    },
  ],
  'change-points': [
    { numeric: ['y'], header: ['time', 'y'], rows: series.rows },
    { options: { model: 'trend', h: 4 }, numeric: ['y'], header: ['time', 'y'], rows: series.rows },
    {
      options: { regressors: ['z'], h: 4 },
      numeric: ['y', 'z'],
      header: ['y', 'z'],
      rows: series.rows.map(([time, x]) => [x!, String(Number(time) ** 2)]),
    },
  ],
  ears: [series],
  trend: [
    { numeric: ['y'], header: ['y', 'note'], rows: series.rows.map(([time, x]) => [x!, time!]) },
    { options: { t: 'year' }, numeric: ['year', 'y'], header: ['year', 'y'], rows: series.rows },
  ],
  'cochran-armitage': [{ ...shares, options: { score: 'time' }, numeric: ['x', 'n', 'time'] }],
  funnel: [shares, { ...shares, options: { kind: 'ratio', target: 1 } }],
  drivers: [
    { ...answers, options: { bootstrap: 50, drivers: ['a', 'b'] } },
    {
      ...answers,
      options: { bootstrap: 20, always: ['b'], drivers: ['a'], weight: 'w' },
      numeric: ['y', 'a', 'b', 'w'],
      header: ['y', 'a', 'b', 'w'],
      rows: answers.rows.map((row, i) => [...row, String(1 + (i % 3))]),
    },
    { ...matrix, options: { ...matrix.options, drivers: ['a', 'b'] } },
  ],
  regression: [
    { ...answers, options: { drivers: ['a', 'b'] } },
    { ...matrix, options: { ...matrix.options, drivers: ['a', 'b'] } },
  ],
  careless: [
    {
      options: { items: ['a', 'b', 'c', 'd'], scales: [2, 2] },
      numeric: ['a', 'b', 'c', 'd'],
      header: ['unit', 'a', 'b', 'c', 'd'],
      repeats: true,
      rows: rows('1,4,5,2,3 2,3,3,3,3 3,1,2,5,4 4,5,5,1,2 5,2,1,4,4 6,4,4,,2 7,1,3,2,5'),
    },
  ],
  'dispersion-test': [series],
  'fit-test': [
    { options: { expected: 'due' }, numeric: ['x', 'due'], header: ['x', 'due'], rows: rows('315,9 108,3 101,3 32,1') },
  ],
  'runs-test': [series],
  concentration: [series],
  scan: [
    { ...series, options: { draws: 99 } },
    {
      options: { expected: 'due', draws: 9 },
      numeric: ['x', 'due'],
      header: ['x', 'due'],
      rows: rows('3,9 10,3 1,3 0,1'),
    },
  ],
  'fisher-exact': [{ numeric: ['a', 'b', 'c', 'd'], header: ['a', 'b', 'c', 'd'], rows: rows('3,1,2,8 10,2,3,15') }],
  'combine-p': [{ numeric: ['p'], header: ['p'], rows: rows('0.1 0.02 0.7') }],
  'e-process': [
    { options: { p0: 0.5 }, numeric: ['x'], header: ['x'], rows: rows('1 1 0 1 1 1') },
    { options: { p0: 0.5, p1: 0.9 }, numeric: ['x'], header: ['x'], rows: rows('1 1 0 1 1 1') },
  ],
  'small-cell-audit': [
    {
      numeric: ['value', 'hidden'],
      header: ['row', 'column', 'value', 'hidden'],
      rows: rows('a,p,1,1 a,q,2,1 a,total,3,0 b,p,4,0 b,q,5,0 b,total,9,0 total,p,5,0 total,q,7,0 total,total,12,0'),
    },
  ],
}
