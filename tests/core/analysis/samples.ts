/** A small table that a method can use: its numeric columns, and columns of names. */
export interface Sample {
  readonly options?: object
  readonly numeric: readonly string[]
  /** A unit may have several rows. */
  readonly repeats?: boolean
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const rows = (text: string): string[][] => text.split(' ').map((row) => row.split(','))

const estimates: Sample = {
  numeric: ['est', 'se'],
  header: ['unit', 'est', 'se'],
  rows: rows('A,4.1,0.2 B,3.9,0.3 C,4.5,0.1 D,3.2,0.4 E,4.4,0.2'),
}
const counts: Sample = {
  numeric: ['x', 'n'],
  header: ['unit', 'x', 'n'],
  rows: rows('A,8,10 B,90,120 C,30,31 D,3,9 E,45,50'),
}

const measurements: Sample = {
  numeric: ['x', 'y'],
  header: ['subject', 'x', 'y'],
  rows: rows('1,494,512 2,395,430 3,516,520 4,434,428 5,476,500 6,557,600'),
}
const raters: Sample = {
  options: { raters: ['a', 'b', 'c'] },
  numeric: ['a', 'b', 'c'],
  header: ['subject', 'a', 'b', 'c'],
  rows: rows('1,9,2,5 2,6,1,3 3,8,4,6 4,7,1,2 5,10,5,6'),
}

/** By name of the method; a second case tells its options apart. */
export const samples: Readonly<Record<string, readonly Sample[]>> = {
  'fay-herriot': [
    estimates,
    {
      options: { covariates: ['late'], factors: ['kind'], benchmark: 'ratio', size: 'size' },
      numeric: ['est', 'se', 'late', 'size'],
      header: ['unit', 'est', 'se', 'late', 'size', 'kind'],
      rows: rows(
        'A,4.1,0.2,0.1,90,x B,3.9,0.3,0.3,70,x C,4.5,0.1,0.1,10,y D,3.2,0.4,0.5,20,y E,4.4,0.2,0.2,30,x F,4,1,0,5,y',
      ),
    },
  ],
  'random-effects': [estimates, { ...estimates, options: { method: 'SJ', test: 'knapp-hartung' } }],
  'random-intercept': [{ numeric: ['y'], header: ['group', 'y'], rows: rows('A,1 A,2 A,4 B,5 B,3 C,7 C,6 D,9') }],
  'james-stein': [
    {
      options: { variance: 'v' },
      numeric: ['est', 'v'],
      header: ['unit', 'est', 'v'],
      rows: rows('A,4,1 B,3,1 C,5,1 D,2,1 E,9,1'),
    },
    {
      options: { x: 'x', n: 'n', transform: 'arcsine' },
      numeric: ['x', 'n'],
      header: ['unit', 'x', 'n'],
      rows: rows('A,18,45 B,10,45 C,7,45 D,15,45'),
    },
  ],
  'beta-binomial': [counts, { ...counts, options: { method: 'moments' } }],
  'rank-sets': [estimates, { ...estimates, options: { method: 'bonferroni', tau: 2, better: 'lower' } }],
  'rank-bootstrap': [{ ...estimates, options: { draws: 100 } }],
  'three-groups': [
    estimates,
    {
      options: { peers: 'kind', weight: 'w' },
      numeric: ['est', 'se', 'w'],
      header: ['unit', 'est', 'se', 'w', 'kind'],
      rows: rows('A,4.1,0.2,1,x B,3.9,0.3,2,x C,4.5,0.1,1,y D,3.2,0.4,3,y E,4.4,0.2,1,x'),
    },
  ],
  ranks: [{ numeric: ['value'], header: ['unit', 'value'], rows: rows('A,1 B,5 C,5 D,') }],
  'direct-standardisation': [
    {
      options: { se: 'se', n: 'n' },
      repeats: true,
      numeric: ['mean', 'se', 'n'],
      header: ['unit', 'group', 'mean', 'se', 'n'],
      rows: rows('A,land,3.2,0.1,80 A,civil,4.4,0.05,20 B,land,3.5,0.2,10 B,civil,4.1,0.1,90'),
    },
    {
      options: { x: 'x', n: 'n', standard: { land: 1, civil: 2 }, missing: 'renormalise' },
      repeats: true,
      numeric: ['x', 'n'],
      header: ['unit', 'group', 'x', 'n'],
      rows: rows('A,land,3,80 A,civil,4,20 B,land,3,10'),
    },
  ],
  'indirect-standardisation': [
    {
      repeats: true,
      numeric: ['x', 'n'],
      header: ['unit', 'group', 'x', 'n'],
      rows: rows('A,land,3,80 A,civil,4,20 B,land,3,10 B,civil,1,50'),
    },
  ],
  kitagawa: [
    {
      repeats: true,
      numeric: ['mix0', 'mix1', 'mean0', 'mean1'],
      header: ['group', 'mix0', 'mix1', 'mean0', 'mean1'],
      rows: rows('land,0.2,0.35,3.2,3.4 civil,0.5,0.4,4.4,4.4 business,0.3,0.25,4.1,4.2'),
    },
  ],
  'bounds-decomposition': [
    {
      repeats: true,
      numeric: ['value'],
      header: ['unit', 'period', 'indicator', 'value'],
      rows: rows('A,1,p,3 A,2,p,5 B,1,p,4 B,2,p,9 C,1,p,7 C,2,p,8 A,1,q,1 A,2,q,2 B,1,q,5 B,2,q,5 C,2,q,3'),
    },
    {
      options: { weights: { p: 2 }, lower: ['p'], scale: [0, 100], bounds: { p: { from: [0, 10], to: [1, 12] } } },
      repeats: true,
      numeric: ['value'],
      header: ['unit', 'period', 'indicator', 'value'],
      rows: rows('A,1,p,3 A,2,p,5 B,1,p,4 B,2,p,9'),
    },
  ],
  'bland-altman': [measurements],
  concordance: [measurements, { ...measurements, options: { divisor: 'n-1', interval: 'asymptotic' } }],
  correlation: [measurements],
  deming: [{ ...measurements, options: { ratio: 2 } }],
  icc: [raters],
  'kendall-w': [raters],
}
