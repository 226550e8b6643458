import { afterAll, beforeAll } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'
import { answersSuite } from './answers.ts'
import { campaignsSuite } from './campaigns.ts'
import type { Door, Setting } from './door.ts'
import { dossiersSuite } from './dossiers.ts'
import { fuzzSuite } from './fuzz.ts'
import { client, signIn } from './http.ts'
import { indicesSuite } from './indices.ts'
import { interviewsSuite } from './interviews.ts'
import { officeSuite } from './office.ts'
import { pagesSuite } from './pages.ts'
import { paperSuite } from './paper.ts'
import { questionnairesSuite } from './questionnaires.ts'
import { resultsSuite } from './results.ts'
import { surveysSuite } from './surveys.ts'

/**
 * What both front doors promise, over HTTP alone: one suite, so that neither drifts from the other.
 *
 * @param open starts a front door on a database
 */
export function contractSuite(open: (database: TestDatabase) => Promise<Door>): void {
  let database: TestDatabase | null = null
  let world: World | null = null
  let setting: Setting | null = null
  const of = (): Setting => {
    if (setting === null) throw new Error('the front door is not open')
    return setting
  }

  beforeAll(async () => {
    database = await testDatabase('reference')
    world = await buildWorld(database)
    const door = await open(database)
    const anyone = client(door.url)
    const importer = client(door.url, { Authorization: `Bearer ${world.key}` })
    setting = { database, world, door, anyone, importer, administrator: await signIn(door.url, world.administrator) }
  })
  afterAll(async () => {
    await setting?.door.stop()
    await world?.stop()
    await database?.drop()
  })

  pagesSuite(of)
  answersSuite(of)
  dossiersSuite(of)
  surveysSuite(of)
  resultsSuite(of)
  officeSuite(of)
  indicesSuite(of)
  questionnairesSuite(of)
  campaignsSuite(of)
  paperSuite(of)
  interviewsSuite(of)
  fuzzSuite(of)
}
