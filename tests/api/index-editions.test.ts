import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalText } from '../../api/core/instrument/canonical.ts'
import { answers } from '../../api/openapi/answers.ts'
import '../../api/openapi/index-answers.ts'
import { shippedIndices } from '../../db/seeds/indices/shipped.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { buildWorld, type World } from '../support/world.ts'
import { callersOf, type Callers } from './callers.ts'

let database: TestDatabase
let world: World
let callers: Callers

beforeAll(async () => {
  database = await testDatabase('reference')
  world = await buildWorld(database)
  callers = await callersOf(world)
})
afterAll(async () => {
  await world.stop()
  await database.drop()
})

interface Edition {
  id: string
  edition: string
  state: string
  official: boolean
  sha256: string
  copiedFrom: object | null
  definition: Record<string, unknown> & { nodes: { label: unknown }[] }
}
const ask = async (method: string, path: string, body?: unknown) => {
  const response = await callers.call('administrator', method, path, body)
  return { status: response.status, json: (await response.json()) as Record<string, never> & Edition }
}
const own = '/api/indices/papi-hy/editions/1'
const from = { id: 'papi-2021', edition: '2021+' }
const hashOf = (value: unknown) => createHash('sha256').update(canonicalText(value)).digest('hex')

describe('editions of indices', () => {
  test('shipped editions are listed in pages and read whole, each as described', async () => {
    const ids: string[] = []
    for (let path: string | null = '/api/indices?limit=2'; path !== null;) {
      const { json } = await ask('GET', path)
      answers.get('IndexEditionPage')?.parse(json)
      const { items, next } = json as unknown as { items: Edition[]; next: string | null }
      expect(items.length).toBeLessThanOrEqual(2)
      ids.push(...items.map(({ id }) => id))
      path = next === null ? null : `/api/indices?limit=2&cursor=${next}`
    }
    expect(ids).toEqual(shippedIndices.map(({ id }) => id))
    for (const { id, edition } of shippedIndices) {
      const { status, json } = await ask('GET', `/api/indices/${id}/editions/${encodeURIComponent(edition)}`)
      expect([id, status, json.state]).toEqual([id, 200, 'shipped'])
      expect(answers.get('IndexEdition')?.parse(json)).toEqual(json)
      expect(json.sha256).toBe(hashOf(json.definition))
    }
    expect((await ask('GET', '/api/indices/papi-2021/editions/2020')).status).toBe(404)
    expect((await ask('GET', '/api/indices/none/editions/1')).status).toBe(404)
  })

  test('a shipped edition cannot be changed, published, retired or overwritten', async () => {
    const path = `/api/indices/papi-2021/editions/${encodeURIComponent('2021+')}`
    const { json } = await ask('GET', path)
    expect((await ask('PUT', path, { basedOn: json.sha256, definition: json.definition })).status).toBe(409)
    for (const action of ['publish', 'retire', 'discard'])
      expect((await ask('POST', `${path}/${action}`, {})).json).toMatchObject({ code: 'wrong_state' })
    expect((await ask('POST', '/api/indices', { from, id: 'papi-2021', edition: '9' })).json).toMatchObject({
      code: 'id_taken',
    })
  })

  test('a copy is a draft of the province’s own, never official, and its name is taken once', async () => {
    const made = await ask('POST', '/api/indices', { from, id: 'papi-hy', edition: '1' })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({ id: 'papi-hy', edition: '1', state: 'draft', official: false })
    expect(made.json.copiedFrom).toMatchObject(from)
    expect(made.json.definition).toMatchObject({ id: 'papi-hy', edition: '1', official: false })
    const again = await ask('POST', '/api/indices', { from, id: 'papi-hy', edition: '1' })
    expect([again.status, again.json.code]).toEqual([409, 'id_taken'])
    expect((await ask('POST', '/api/indices', { from: { id: 'x', edition: '1' }, id: 'y', edition: '1' })).status).toBe(
      404,
    )
  })

  test('a draft takes what holds, refuses what does not with every path, and what somebody else has changed', async () => {
    const { json: before } = await ask('GET', own)
    const put = (definition: object, basedOn = before.sha256) => ask('PUT', own, { basedOn, definition })
    const { definition } = before
    const faulty = structuredClone(definition) as unknown as { nodes: { parent: string | null }[] }
    faulty.nodes[1]!.parent = 'NOWHERE'
    faulty.nodes[2]!.parent = null
    const refused = await put(faulty)
    expect(refused.status).toBe(422)
    expect((refused.json as unknown as { issues: unknown[] }).issues).toEqual(
      expect.arrayContaining([
        { path: 'definition.nodes.1.parent', code: 'unknown_parent' },
        { path: 'definition.nodes.2.parent', code: 'second_root' },
      ]),
    )
    for (const [change, path, code] of [
      [{ official: true }, 'definition.official', 'official_reserved'],
      [{ id: 'other' }, 'definition.id', 'other_name'],
      [{ edition: 2 }, 'definition.edition', 'other_name'],
      [{ label: { vi: 'PAPI 2026', en: 'Ours' } }, 'definition.label.vi', 'official_name'],
      [{ colour: 1 }, 'definition.colour', 'unknown_field'],
    ] as const)
      expect((await put({ ...definition, ...change })).json).toMatchObject({
        code: 'invalid_input',
        issues: [{ path, code }],
      })
    expect((await ask('GET', own)).json).toEqual(before)

    const label = { vi: 'Chỉ số của tỉnh', en: 'Our index' }
    const changed = await put({ ...definition, label })
    expect([changed.status, changed.json.sha256]).toEqual([200, hashOf({ ...definition, label })])
    const late = await put({ ...definition, label: { vi: 'Khác', en: 'Other' } })
    expect([late.status, late.json.code]).toEqual([409, 'stale_edition'])
  })

  test('a published edition never changes again, and can be copied and retired', async () => {
    const published = await ask('POST', `${own}/publish`, {})
    expect([published.status, published.json.state]).toEqual([200, 'published'])
    const { definition, sha256 } = published.json
    for (const [method, path, body] of [
      ['PUT', own, { basedOn: sha256, definition: { ...definition, label: { vi: 'x', en: 'x' } } }],
      ['POST', `${own}/publish`, {}],
      ['POST', `${own}/discard`, {}],
    ] as const)
      expect((await ask(method, path, body)).json).toMatchObject({ code: 'wrong_state' })
    expect((await ask('GET', own)).json).toMatchObject({ sha256, definition })

    const next = await ask('POST', '/api/indices', {
      from: { id: 'papi-hy', edition: '1' },
      id: 'papi-hy',
      edition: '2',
    })
    expect(next.json.copiedFrom).toEqual({ id: 'papi-hy', edition: '1', sha256 })
    expect((await ask('POST', '/api/indices/papi-hy/editions/2/discard', {})).json).toEqual({ discarded: true })
    expect((await ask('GET', '/api/indices/papi-hy/editions/2')).status).toBe(404)

    expect((await ask('POST', `${own}/retire`, {})).json).toMatchObject({ state: 'retired', sha256 })
    expect((await ask('POST', `${own}/publish`, {})).json).toMatchObject({ code: 'wrong_state' })
    expect((await ask('GET', own)).status).toBe(200)
  })

  test('a definition larger than one megabyte is refused unread, and one of a hundred kilobytes is not', async () => {
    await ask('POST', '/api/indices', { from, id: 'big', edition: '1' })
    const path = '/api/indices/big/editions/1'
    const { json } = await ask('GET', path)
    const notes = (count: number) =>
      Array.from({ length: count }, () => ({ vi: 'v'.repeat(2000), en: 'e'.repeat(2000) }))
    const put = (count: number) =>
      ask('PUT', path, { basedOn: json.sha256, definition: { ...json.definition, notes: notes(count) } })
    expect((await put(300)).status).toBe(413)
    expect((await put(20)).status).toBe(200)
  })
})
