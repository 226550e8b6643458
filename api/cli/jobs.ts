import { JOBS, runJob } from '../jobs/run.ts'
import { type Command, UsageError } from './command.ts'

export const runJobCommand: Command = {
  words: 'jobs run',
  takes: ['NAME'],
  options: {},
  summary: `Run a recurring job now: ${JOBS.join(', ')}`,
  help: [],
  async run({ files: [asked], services }) {
    const job = JOBS.find((name) => name === asked)
    if (!job) throw new UsageError(`There is no job ${asked ?? ''}. Jobs: ${JOBS.join(', ')}.`)
    const handled = await runJob(services, job)
    return { json: { job, handled }, text: `${job}: ${handled} handled\n` }
  },
}
