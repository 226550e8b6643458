import { expect, test } from 'vitest'
import { createMetrics } from '../../../api/core/metrics/metrics.ts'
import { openMetrics } from '../../../api/core/metrics/openmetrics.ts'

test('the text is OpenMetrics: type, unit, help, samples, escaped labels, and its end', () => {
  const text = openMetrics([
    {
      name: 'a_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'One\nline of "help".',
      samples: [{ labels: { x: 'a"b\\c\nd' }, value: 1.5 }, { value: NaN }],
    },
    { name: 'b', type: 'counter', help: 'Two.', samples: [{ suffix: '_total', value: 2 }] },
  ])
  expect(text.split('\n')).toEqual([
    '# TYPE a_seconds gauge',
    '# UNIT a_seconds seconds',
    '# HELP a_seconds One\\nline of \\"help\\".',
    'a_seconds{x="a\\"b\\\\c\\nd"} 1.5',
    '# TYPE b counter',
    '# HELP b Two.',
    'b_total 2',
    '# EOF',
    '',
  ])
})

test('buckets of the latency histogram are cumulative and end with all requests', () => {
  const metrics = createMetrics()
  for (const seconds of [0.001, 0.005, 0.02, 0.02, 7, 60]) metrics.request('GET', '/api/units')(200, seconds)
  const lines = openMetrics(metrics.families()).split('\n')
  const bucket = (le: string) =>
    lines.find((line) => line.startsWith(`lang_nghe_http_request_seconds_bucket{route="/api/units",le="${le}"}`))
  expect(bucket('0.005')).toMatch(/ 2$/)
  expect(bucket('0.010')).toMatch(/ 2$/)
  expect(bucket('0.025')).toMatch(/ 4$/)
  expect(bucket('10.000')).toMatch(/ 5$/)
  expect(bucket('+Inf')).toMatch(/ 6$/)
  expect(lines).toContain('lang_nghe_http_request_seconds_count{route="/api/units"} 6')
  expect(lines).toContain('lang_nghe_http_requests_total{method="GET",route="/api/units",status="200"} 6')
})

test('made-up methods share one label, and a job keeps its last run, its last success and its failures', () => {
  const metrics = createMetrics()
  for (let i = 0; i < 500; i += 1) metrics.request(`M${i}`, '(none)')(404, 0)
  metrics.job('tally', 0.5, true, 1000)
  metrics.job('tally', 2, false, 1010)
  const text = openMetrics(metrics.families())
  expect(text.match(/^lang_nghe_http_requests_total/gm)).toHaveLength(1)
  expect(text).toContain('lang_nghe_job_runs_total{job="tally"} 2\n')
  expect(text).toContain('lang_nghe_job_failures_total{job="tally"} 1\n')
  expect(text).toContain('lang_nghe_job_last_duration_seconds{job="tally"} 2\n')
  expect(text).toContain('lang_nghe_job_last_end_timestamp_seconds{job="tally"} 1010\n')
  expect(text).toContain('lang_nghe_job_last_success_timestamp_seconds{job="tally"} 1000\n')
})

test('requests in flight are those that have begun and not ended', () => {
  const metrics = createMetrics()
  const first = metrics.request('GET', '/api/units')
  metrics.request('POST', '/api/responses')
  expect(openMetrics(metrics.families())).toContain('\nlang_nghe_http_requests_in_flight 2\n')
  first(200, 0.1)
  expect(openMetrics(metrics.families())).toContain('\nlang_nghe_http_requests_in_flight 1\n')
})
