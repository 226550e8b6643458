import { describe, expect, it } from 'vitest'
import { parseApplicant, parseChannel, parseStatus } from '../../../api/core/dossier/values.ts'

describe('parseApplicant', () => {
  it.each([
    ['công dân', 'citizen'],
    ['CÔNG DÂN', 'citizen'],
    ['Cong dan', 'citizen'],
    ['Cá nhân', 'citizen'],
    ['doanh nghiệp', 'business'],
    ['Hộ kinh doanh', 'business'],
    ['Doanh nghiệp có vốn đầu tư nước ngoài', 'business'],
    ['tổ chức', 'organisation'],
    ['Tổ chức (không bao gồm doanh nghiệp, HTX)', 'organisation'],
    ['Cơ quan nhà nước', 'organisation'],
  ])('reads %s as %s', (text, value) => expect(parseApplicant(text)).toBe(value))
})

describe('parseChannel', () => {
  it.each([
    ['trực tiếp', 'direct'],
    ['Truc tiep', 'direct'],
    ['Tại Bộ phận Một cửa', 'direct'],
    ['Trực tuyến', 'online'],
    ['Nộp trực tuyến', 'online'],
    ['VNeID', 'online'],
    ['bưu chính', 'post'],
    ['Qua dịch vụ bưu chính công ích', 'post'],
    ['BCCI', 'post'],
  ])('reads %s as %s', (text, value) => expect(parseChannel(text)).toBe(value))
})

describe('parseStatus', () => {
  it.each([
    ['đang giải quyết', 'processing'],
    ['ĐANG XỬ LÝ', 'processing'],
    ['Đang xử lí', 'processing'],
    ['Được tiếp nhận', 'processing'],
    ['yêu cầu bổ sung', 'supplement_requested'],
    ['Yêu cầu bổ sung giấy tờ', 'supplement_requested'],
    ['đã trả kết quả', 'returned'],
    ['Da tra ket qua', 'returned'],
    ['từ chối', 'refused'],
    ['Không được tiếp nhận', 'refused'],
    ['rút hồ sơ', 'withdrawn'],
    ['Công dân yêu cầu rút hồ sơ', 'withdrawn'],
    ['Đã xử lý xong', 'ready'],
  ])('reads %s as %s', (text, value) => expect(parseStatus(text)).toBe(value))
})

it('a word that is not known is null and never a guess', () => {
  for (const parse of [parseApplicant, parseChannel, parseStatus]) {
    expect(parse('khác')).toBeNull()
    expect(parse('')).toBeNull()
    expect(parse('x'.repeat(100_000))).toBeNull()
    expect(parse('toString')).toBeNull()
  }
})
