import { describe, expect, it } from 'vitest'
import { PARTIAL_REVISION_MAX, unsentCount } from '../../../web/offline/draft.ts'
import { fakeClock, fakeStorage, fakeTab, type Network } from './fake-device.ts'
import { fakeServer } from './fake-server.ts'

function setUp() {
  const server = fakeServer()
  const clock = fakeClock()
  return { server, clock, tab: fakeTab(server, clock) }
}

describe('sending', () => {
  it('stores the first answer at once and the whole form at the end, under one id', async () => {
    const { server, clock, tab } = setUp()
    tab.answer('OVERALL', '5')
    await clock.pass(0)
    expect(server.stored()).toMatchObject({ revision: 1, complete: false, answers: { OVERALL: '5' } })
    tab.answer('Q_INFO', { na: true })
    tab.finish()
    await clock.pass(0)
    expect(server.stored()).toMatchObject({ complete: true, answers: { OVERALL: '5', Q_INFO: { na: true } } })
    expect(tab.draft().state).toBe('complete')
    expect(unsentCount(tab.draft())).toBe(0)
  })

  it('makes one revision of taps that come while another is on its way', async () => {
    const { server, clock, tab } = setUp()
    tab.answer('OVERALL', '5')
    await Promise.resolve()
    for (const item of ['A', 'B', 'C', 'D']) tab.answer(item, 'yes')
    await clock.pass(0)
    expect(server.posts.map((post) => post.revision)).toEqual([1])
    expect(server.stored()?.answers).toEqual({ OVERALL: '5', A: 'yes', B: 'yes', C: 'yes', D: 'yes' })
  })

  it('repeats a revision whose acknowledgement was lost word for word, and stores it once', async () => {
    const { server, clock, tab } = setUp()
    tab.setNetwork('reply-lost')
    tab.answer('OVERALL', '2')
    await clock.pass(0)
    expect(unsentCount(tab.draft())).toBe(1)
    tab.answer('OVERALL', '1', 900)
    tab.setNetwork('up')
    await clock.pass(60_000)
    expect(server.posts[1]).toEqual(server.posts[0])
    expect(server.posts.map((post) => post.revision)).toEqual([1, 1, 2])
    expect(server.stored()?.answers).toEqual({ OVERALL: '1' })
  })

  it('completes once when the acknowledgement of "send" was lost', async () => {
    const { server, clock, tab } = setUp()
    tab.answer('OVERALL', '4')
    tab.setNetwork('reply-lost')
    tab.finish()
    await clock.pass(0)
    tab.setNetwork('up')
    tab.reopen()
    await clock.pass(60_000)
    expect(tab.draft().state).toBe('complete')
    expect(server.stored()?.complete).toBe(true)
  })

  it('waits longer after each failure, at most a minute, and goes at once when told that the line is back', async () => {
    const { server, clock, tab } = setUp()
    tab.setNetwork('down')
    tab.answer('OVERALL', '4')
    await clock.pass(0)
    const pauses: number[] = []
    for (let failure = 0; failure < 8; failure += 1) {
      pauses.push(clock.nextIn())
      await clock.pass(clock.nextIn())
    }
    expect(pauses).toEqual([1500, 3000, 6000, 12_000, 24_000, 45_000, 45_000, 45_000])
    expect(tab.phases.at(-1)).toBe('waiting')
    tab.setNetwork('up')
    tab.sender.send(0)
    await clock.pass(0)
    expect(server.stored()?.answers).toEqual({ OVERALL: '4' })
    expect(tab.phases.at(-1)).toBe('resting')
  })

  it('never comes near the fiftieth revision, however often answers change', async () => {
    const { server, clock, tab } = setUp()
    for (let change = 0; change < 200; change += 1) {
      tab.answer('OVERALL', change % 2 === 0 ? '5' : '1')
      await clock.pass(1000)
    }
    expect(server.stored()?.revision).toBe(PARTIAL_REVISION_MAX)
    expect(unsentCount(tab.draft())).toBe(0)
    tab.answer('OVERALL', '3')
    tab.finish()
    await clock.pass(1000)
    expect(server.stored()).toMatchObject({
      revision: PARTIAL_REVISION_MAX + 1,
      complete: true,
      answers: { OVERALL: '3' },
    })
  })

  it('stops when the server refuses for good, and tries again after the next change', async () => {
    const { server, clock, tab } = setUp()
    tab.answer('OVERALL', '5')
    await clock.pass(0)
    const post = server.post
    server.post = () => ({ kind: 'problem', status: 422, code: 'invalid_input' })
    tab.answer('COMMENT', 'x')
    await clock.pass(300_000)
    expect(tab.phases.at(-1)).toBe('refused')
    server.post = post
    tab.answer('COMMENT', 'y')
    await clock.pass(0)
    expect(server.stored()?.answers).toEqual({ OVERALL: '5', COMMENT: 'y' })
  })
})

describe('several devices and tabs', () => {
  it('continues under the first id when another device began, keeping what both chose', async () => {
    const { server, clock, tab } = setUp()
    const other = fakeTab(server, clock, { seed: 7 })
    tab.answer('OVERALL', '5')
    await clock.pass(0)
    other.answer('Q_INFO', 'no')
    await clock.pass(0)
    expect(server.stored()).toMatchObject({ revision: 2, answers: { OVERALL: '5', Q_INFO: 'no' } })
    expect(other.draft().id).toBe(tab.draft().id)
  })

  it('adds what was chosen offline to what another device stored meanwhile', async () => {
    const { server, clock, tab } = setUp()
    tab.answer('OVERALL', '5')
    await clock.pass(0)
    tab.setNetwork('down')
    tab.answer('T3', '2')
    await clock.pass(0)
    const other = fakeTab(server, clock, { seed: 7 })
    other.reopen()
    other.answer('T4', '1')
    await clock.pass(0)
    other.answer('T7', '0')
    await clock.pass(0)
    tab.setNetwork('up')
    tab.sender.send(0)
    await clock.pass(0)
    expect(server.stored()?.answers).toEqual({ OVERALL: '5', T3: '2', T4: '1', T7: '0' })
  })

  it('says so when another device has completed the form', async () => {
    const { server, clock, tab } = setUp()
    tab.answer('OVERALL', '5')
    await clock.pass(0)
    const other = fakeTab(server, clock, { seed: 7 })
    other.reopen()
    other.finish()
    await clock.pass(0)
    tab.answer('T3', '2')
    await clock.pass(60_000)
    expect(tab.draft().state).toBe('elsewhere')
    expect(server.stored()?.answers).toEqual({ OVERALL: '5' })
  })

  it('gives up what is left when the form was withdrawn', async () => {
    const { server, clock, tab } = setUp()
    tab.answer('OVERALL', '5')
    await clock.pass(0)
    server.withdraw()
    tab.answer('T3', '2')
    await clock.pass(60_000)
    expect(tab.draft().state).toBe('gone')
    expect(unsentCount(tab.draft())).toBe(0)
  })

  it('makes one answer of two tabs of one browser', async () => {
    const server = fakeServer()
    const clock = fakeClock()
    const storage = fakeStorage()
    const [a, b] = [fakeTab(server, clock, { storage }), fakeTab(server, clock, { storage, seed: 7 })]
    a.answer('OVERALL', '5')
    b.answer('T3', '1')
    await clock.pass(5000)
    a.finish()
    b.finish()
    await clock.pass(60_000)
    expect(server.stored()).toMatchObject({ complete: true, answers: { OVERALL: '5', T3: '1' } })
    expect(a.draft().state).toBe('complete')
  })

  it('loses nothing and doubles nothing over 200 random runs with two devices and a failing line', async () => {
    for (let run = 1; run <= 200; run += 1) {
      let seed = run
      const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
      let isStable = false
      const network = (): Network => (isStable ? 'up' : random() < 0.3 ? 'down' : random() < 0.3 ? 'reply-lost' : 'up')
      const server = fakeServer()
      const clock = fakeClock()
      const tabs = [
        fakeTab(server, clock, { seed: run, network }),
        fakeTab(server, clock, { seed: run + 1000, network }),
      ]
      const chosen = new Map<string, string>()
      for (let step = 0; step < 25; step += 1) {
        const at = random() < 0.5 ? 0 : 1
        // Each device answers items of its own: the same item on both is decided by who comes last.
        const item = `${at === 0 ? 'A' : 'B'}_${Math.floor(random() * 6)}`
        const answer = String(Math.floor(random() * 3))
        tabs[at]?.answer(item, answer, random() < 0.5 ? 0 : 900)
        chosen.set(item, answer)
        await clock.pass(random() * 4000)
      }
      isStable = true
      await clock.pass(180_000)
      expect(server.stored()?.answers, `run ${run}`).toEqual(Object.fromEntries(chosen))
      expect(Math.max(...server.posts.map((post) => post.revision))).toBeLessThanOrEqual(50)
      tabs[0]?.finish()
      await clock.pass(60_000)
      expect(server.stored()).toMatchObject({ complete: true, answers: Object.fromEntries(chosen) })
    }
  }, 60_000)
})
