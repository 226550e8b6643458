import { describe, expect, it } from 'vitest'
import { createPaged, pageOf } from '../../../web/office/lib/paged.ts'

const first = { items: [1, 2], next: 'c1' }

describe('a list that grows by pages', () => {
  it('appends and says where the new rows begin', async () => {
    const list = createPaged(first, async () => ({ items: [3], next: null }))
    expect(await list.more()).toBe(2)
    expect(list.items()).toEqual([1, 2, 3])
    expect(list.next()).toBeNull()
    expect(await list.more()).toBeNull()
  })

  it('asks once when pressed twice', async () => {
    let asked = 0
    const list = createPaged(first, async () => {
      asked += 1
      return { items: [3], next: null }
    })
    await Promise.all([list.more(), list.more()])
    expect(asked).toBe(1)
  })

  it('keeps what it has, and can be asked again, when a page fails', async () => {
    let fail = true
    const list = createPaged(first, async () => {
      if (fail) throw new Error('away')
      return { items: [3], next: null }
    })
    expect(await list.more()).toBeNull()
    expect(list.items()).toEqual([1, 2])
    expect(list.failure()).toBeInstanceOf(Error)
    fail = false
    await list.more()
    expect(list.items()).toEqual([1, 2, 3])
    expect(list.failure()).toBeNull()
  })

  it('shows rows that are all there page by page, each once, to the last', async () => {
    const rows = Array.from({ length: 250 }, (_, k) => k)
    const list = createPaged(pageOf(rows, '0'), async (cursor) => pageOf(rows, cursor))
    expect([list.items().length, await list.more(), await list.more()]).toEqual([100, 100, 200])
    expect(list.items()).toEqual(rows)
    expect(list.next()).toBeNull()
    expect(pageOf(rows.slice(0, 100), '0').next).toBeNull()
  })
})
