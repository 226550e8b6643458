import { expect, it } from 'vitest'
import { copyQuestionnaire, emptyQuestionnaire, ownDraftFaults } from '../../../api/core/questionnaire/own.ts'
import { draftFaults, questionnaireFaults } from '../../../api/core/questionnaire/validate.ts'
import { fullQuestionnaire } from './full.ts'

const lineages = (one: ReturnType<typeof fullQuestionnaire>) =>
  one.sections.flatMap(({ items }) =>
    items.flatMap((item) => (item.type === 'matrix' ? item.rows : [item]).map(({ code, lineage }) => [code, lineage])),
  )

it('every question of a copy names the one it comes from, and those before it', () => {
  const source = fullQuestionnaire()
  const copy = copyQuestionnaire(source, { code: source.code, version: 3 })
  expect(questionnaireFaults(copy)).toEqual([])
  for (const [code, lineage] of lineages(copy)) {
    const from = { code: source.code, version: 2, item: code, comparable: true }
    const earlier = code === 'KIND' ? [{ code: source.code, version: 1, item: 'KIND', comparable: true }] : []
    expect(lineage).toEqual([from, ...earlier])
  }
  const next = copyQuestionnaire(copy, { code: 'khac', version: 1 })
  expect(new Map(lineages(next) as never).get('KIND')).toHaveLength(3)
})

it('a long line of copies keeps the latest', () => {
  let one = fullQuestionnaire()
  for (let version = 3; version < 40; version += 1) one = copyQuestionnaire(one, { code: one.code, version })
  expect(questionnaireFaults(one)).toEqual([])
  const [, lineage] = lineages(one)[0] as [string, { version: number }[]]
  expect(lineage.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, i) => 38 - i))
})

it('an empty one is a draft, and lacks everything else', () => {
  const key = { code: 'moi', version: 1 }
  const empty = emptyQuestionnaire(key, { title: { vi: 'Mới', en: 'New' }, population: 'citizen' })
  expect(draftFaults(empty)).toEqual([])
  expect(questionnaireFaults(empty).map(({ path }) => path)).toEqual(['notice.text.vi', 'notice.text.en', 'sections'])
  expect(ownDraftFaults(empty, key)).toEqual([])
  expect(ownDraftFaults(empty, { code: 'moi', version: 2 })).toEqual([{ path: 'version', code: 'other_name' }])
})
