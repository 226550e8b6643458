import { expect, it } from 'vitest'
import { path, safeBack } from '../../../web/office/path.ts'

it('the addresses of the office stay what people have bookmarked', () => {
  const period = { kind: 'quarter', from: '2026-04', to: '2026-06' } as const
  expect([
    path.home(),
    path.signIn('/don-vi/1?from=2026-04'),
    path.units(),
    path.units('sở', 'department'),
    path.unit(11),
    path.unit(11, { period, compare: 'peers' }),
    path.import(),
    path.invitations('2026-11-01'),
    path.questionnaires(),
    path.questionnaire('khao-sat', 2),
    path.settings(),
  ]).toMatchInlineSnapshot(`
    [
      "/",
      "/dang-nhap?ve=%2Fdon-vi%2F1%3Ffrom%3D2026-04",
      "/don-vi",
      "/don-vi?q=s%E1%BB%9F&kind=department",
      "/don-vi/11",
      "/don-vi/11?from=2026-04&to=2026-06&compare=peers",
      "/nhap-ho-so",
      "/giay-moi?since=2026-11-01",
      "/bo-cau-hoi",
      "/bo-cau-hoi/khao-sat/2",
      "/cai-dat",
    ]
  `)
})

it('after signing in nobody is led to another site', () => {
  for (const bad of ['https://x.example', '//x.example', '/\\x.example', 'javascript:alert(1)', '', undefined]) {
    expect(safeBack(bad)).toBe('/')
  }
  expect(safeBack('/dang-nhap?ve=%2F')).toBe('/')
  expect(safeBack('/don-vi/11?compare=peers')).toBe('/don-vi/11?compare=peers')
})
