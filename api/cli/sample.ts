import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { countImported, deleteUsers, usersOnlyOf } from '../../db/queries/sample.ts'
import { seedReference } from '../../db/seed.ts'
import { findSample, loadSample } from '../../db/seeds/sample/load.ts'
import { removeSample } from '../../db/seeds/sample/remove.ts'
import { runJob } from '../jobs/run.ts'
import { LIVE_CODE_LIKE } from '../node/live-sample.ts'
import { sampleAccess, SAMPLE_PASSWORD_FILE } from '../node/bootstrap.ts'
import { type Command, UsageError } from './command.ts'

export const loadSampleCommand: Command = {
  words: 'sample load',
  takes: [],
  options: { responses: { type: 'string' } },
  summary: 'Load the sample province (dữ liệu mẫu) as a tenant of its own',
  help: [['--responses N', 'about how many answers to make, up to 10000000; default: what 60,000 dossiers bring']],
  async run({ services, database, values, dataDir }) {
    const responses = readCount(values.responses)
    if ((await findSample(services.db)) !== null)
      throw new UsageError('The sample is loaded already; remove it first: cli sample remove')
    await seedReference(database.ownerUrl, { tenant: false })
    const { loaded: _loaded, ...counts } = await loadSample(services.db, { now: services.now(), responses })
    await runJob(services, 'tally')
    await runJob(services, 'indices')
    const access = await sampleAccess(services, dataDir)
    const sign = access ? { email: access.email, password: access.password, path: `/r/${access.token}` } : null
    return {
      json: { ...counts, access: sign },
      text: [
        `Loaded ${counts.dossiers} sample dossiers with ${counts.responses} answers as tenant ${counts.tenantId}.`,
        ...(sign ? [`Sign-in: ${sign.email}  password: ${sign.password}`, `Rate:    ${sign.path}`] : []),
        '',
      ].join('\n'),
    }
  },
}

export const removeSampleCommand: Command = {
  words: 'sample remove',
  takes: [],
  options: { yes: { type: 'boolean' } },
  summary: 'Remove the sample province with everything in it; a first tenant for real data is made where there is none',
  help: [['--yes', 'also when dossiers were imported into it']],
  async run({ services, database, values, dataDir }) {
    const { db } = services
    const tenantId = await findSample(db)
    const imported =
      tenantId === null ? 0 : await db.withTenant(tenantId, (trx) => countImported(trx, tenantId, LIVE_CODE_LIKE))
    if (imported > 0 && values.yes !== true) {
      throw new UsageError(
        `${imported} dossiers were imported into the sample and would be lost; give --yes to remove them too.`,
      )
    }
    if (tenantId !== null) {
      const users = await usersOnlyOf(db.shared, tenantId)
      await removeSample(db)
      await deleteUsers(db.shared, users)
      rmSync(join(dataDir, SAMPLE_PASSWORD_FILE), { force: true })
    }
    await seedReference(database.ownerUrl, { tenant: true })
    return {
      json: { removed: tenantId !== null, imported },
      text: tenantId === null ? 'There is no sample data.\n' : 'The sample data is removed.\n',
    }
  },
}

function readCount(text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined
  const count = typeof text === 'string' && /^\d{1,8}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > 10_000_000) throw new UsageError('--responses takes a whole number from 1 to 10000000.')
  return count
}
