import type { Family, Sample } from './openmetrics.ts'

/** Upper bounds of the latency histogram, in seconds. */
export const LATENCY_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** What a process counts about itself. Labels are route patterns, methods, statuses and job names: never an id or a secret. */
export interface Metrics {
  /**
   * Told when a request arrives; what it returns is to be told of the end, once.
   * @param route the pattern of a route, from a fixed set
   */
  request: (method: string, route: string) => (status: number, seconds: number) => void
  /** @param endedAt seconds since 1970 */
  job: (name: string, seconds: number, succeeded: boolean, endedAt: number) => void
  answers: (count: number) => void
  families: () => Family[]
}
interface Latency {
  counts: number[]
  sum: number
}
interface Job {
  runs: number
  failures: number
  seconds: number
  endedAt: number
  succeededAt: number
}

/** Counts in memory, from zero. */
export function createMetrics(): Metrics {
  const requests = new Map<string, { labels: Record<string, string>; count: number }>()
  const latencies = new Map<string, Latency>()
  const jobs = new Map<string, Job>()
  let answers = 0
  let inFlight = 0
  const ended = (given: string, route: string, status: number, seconds: number): void => {
    inFlight -= 1
    const method = METHODS.includes(given) ? given : 'other'
    const labels = { method, route, status: String(status) }
    const key = Object.values(labels).join(' ')
    const known = requests.get(key)
    if (known) known.count += 1
    else requests.set(key, { labels, count: 1 })
    const latency = latencies.get(route) ?? { counts: LATENCY_BOUNDS.map(() => 0).concat(0), sum: 0 }
    latencies.set(route, latency)
    const bucket = LATENCY_BOUNDS.findIndex((bound) => seconds <= bound)
    const at = bucket < 0 ? LATENCY_BOUNDS.length : bucket
    latency.counts[at] = (latency.counts[at] ?? 0) + 1
    latency.sum += seconds
  }
  return {
    request(method, route) {
      inFlight += 1
      return (status, seconds) => ended(method, route, status, seconds)
    },
    job(name, seconds, succeeded, endedAt) {
      const job = jobs.get(name) ?? { runs: 0, failures: 0, seconds: NaN, endedAt: NaN, succeededAt: NaN }
      jobs.set(name, job)
      job.runs += 1
      job.failures += succeeded ? 0 : 1
      job.seconds = seconds
      job.endedAt = endedAt
      if (succeeded) job.succeededAt = endedAt
    },
    answers(count) {
      answers += count
    },
    families: () => [
      {
        name: 'lang_nghe_http_requests',
        type: 'counter',
        help: 'Requests answered, by route pattern, method and status.',
        samples: [...requests.values()].map(({ labels, count }) => ({ suffix: '_total', labels, value: count })),
      },
      {
        name: 'lang_nghe_http_requests_in_flight',
        type: 'gauge',
        help: 'Requests that have arrived and whose answers have not ended; this one is among them.',
        samples: [{ value: inFlight }],
      },
      {
        name: 'lang_nghe_http_request_seconds',
        type: 'histogram',
        unit: 'seconds',
        help: 'Time from a request to the end of its answer.',
        samples: [...latencies].flatMap(([route, latency]) => histogram({ route }, latency)),
      },
      {
        name: 'lang_nghe_answers_committed',
        type: 'counter',
        help: 'Answers and revisions written by this process.',
        samples: [{ suffix: '_total', value: answers }],
      },
      ...jobFamilies(jobs),
    ],
  }
}

function histogram(labels: Record<string, string>, { counts, sum }: Latency): Sample[] {
  let total = 0
  const buckets = counts.map((count, i): Sample => {
    total += count
    const le = LATENCY_BOUNDS[i] === undefined ? '+Inf' : LATENCY_BOUNDS[i].toFixed(3)
    return { suffix: '_bucket', labels: { ...labels, le }, value: total }
  })
  return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: total }]
}

function jobFamilies(jobs: ReadonlyMap<string, Job>): Family[] {
  const samples = (value: (job: Job) => number, suffix?: '_total'): Sample[] =>
    [...jobs].map(([name, job]) => ({ labels: { job: name }, value: value(job), ...(suffix ? { suffix } : {}) }))
  return [
    {
      name: 'lang_nghe_job_runs',
      type: 'counter',
      help: 'Runs of a recurring job in this process.',
      samples: samples((job) => job.runs, '_total'),
    },
    {
      name: 'lang_nghe_job_failures',
      type: 'counter',
      help: 'Runs of a recurring job that failed.',
      samples: samples((job) => job.failures, '_total'),
    },
    {
      name: 'lang_nghe_job_last_duration_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'How long the last run took.',
      samples: samples((job) => job.seconds),
    },
    {
      name: 'lang_nghe_job_last_end_timestamp_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'When the last run ended.',
      samples: samples((job) => job.endedAt),
    },
    {
      name: 'lang_nghe_job_last_success_timestamp_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'When a run last ended without a failure.',
      samples: samples((job) => job.succeededAt),
    },
  ]
}
