import type { Applicant, Channel, DossierStatus } from './dossier.ts'
import { fold } from './fold.ts'

/**
 * `ready`: the decision is made, and whether it has been handed over only the day of return tells ("Đã xử lý xong").
 */
export type StatusWord = DossierStatus | 'ready'

/** Kind of applicant; the words of the national portal's "Đối tượng thực hiện" are known. Null = none of these. */
export const parseApplicant = reader<Applicant>({
  citizen: [
    'công dân',
    'cá nhân',
    'người dân',
    'công dân Việt Nam',
    'hộ gia đình',
    'hộ gia đình, cá nhân',
    'cá nhân, hộ gia đình',
    'người Việt Nam định cư ở nước ngoài',
    'người nước ngoài',
    'cán bộ, công chức, viên chức',
    'CD',
    'citizen',
  ],
  business: [
    'doanh nghiệp',
    'DN',
    'công ty',
    'hộ kinh doanh',
    'hộ kinh doanh cá thể',
    'hợp tác xã',
    'HTX',
    'doanh nghiệp, hợp tác xã',
    'doanh nghiệp, HTX',
    'doanh nghiệp có vốn đầu tư nước ngoài',
    'nhà đầu tư',
    'business',
    'enterprise',
  ],
  organisation: [
    'tổ chức',
    'cơ quan',
    'cơ quan nhà nước',
    'cơ quan, tổ chức',
    'cơ quan, đơn vị',
    'đơn vị sự nghiệp',
    'tổ chức nước ngoài',
    'tổ chức (không bao gồm doanh nghiệp, HTX)',
    'tổ chức (không bao gồm doanh nghiệp, hợp tác xã)',
    'TC',
    'organisation',
    'organization',
  ],
})

/** Channel by which the dossier came in. Null = none of these. */
export const parseChannel = reader<Channel>({
  direct: [
    'trực tiếp',
    'nộp trực tiếp',
    'tiếp nhận trực tiếp',
    'tại quầy',
    'tại bộ phận một cửa',
    'bộ phận một cửa',
    'một cửa',
    'tại trung tâm',
    'tại trung tâm phục vụ hành chính công',
    'direct',
  ],
  online: [
    'trực tuyến',
    'nộp trực tuyến',
    'tiếp nhận trực tuyến',
    'qua mạng',
    'qua internet',
    'cổng dịch vụ công',
    'cổng DVC',
    'cổng dịch vụ công quốc gia',
    'DVCQG',
    'dịch vụ công trực tuyến',
    'DVCTT',
    'trực tuyến một phần',
    'trực tuyến toàn trình',
    'VNeID',
    'online',
  ],
  post: [
    'bưu chính',
    'bưu chính công ích',
    'qua bưu chính',
    'qua bưu chính công ích',
    'qua dịch vụ bưu chính công ích',
    'dịch vụ bưu chính',
    'dịch vụ bưu chính công ích',
    'BCCI',
    'qua BCCI',
    'bưu điện',
    'qua bưu điện',
    'đường bưu điện',
    'post',
  ],
})

/** State of a dossier; the ten states of the national portal are known save "Dừng xử lý", which is said of several ends. */
export const parseStatus = reader<StatusWord>({
  processing: [
    'đang giải quyết',
    'đang xử lý',
    'đang thụ lý',
    'đang thực hiện',
    'mới đăng ký',
    'mới tiếp nhận',
    'được tiếp nhận',
    'đã tiếp nhận',
    'chờ xử lý',
    'chờ giải quyết',
    'chưa giải quyết',
    'chờ trả kết quả',
    'chờ trả',
    'đang trình ký',
    'chờ phê duyệt',
    'đã bổ sung',
    'đã bổ sung hồ sơ',
    'yêu cầu thực hiện nghĩa vụ tài chính',
    'đang xử lý trong hạn',
    'đang xử lý quá hạn',
    'đang giải quyết trong hạn',
    'đang giải quyết quá hạn',
    'processing',
  ],
  supplement_requested: [
    'yêu cầu bổ sung',
    'yêu cầu bổ sung hồ sơ',
    'yêu cầu bổ sung giấy tờ',
    'yêu cầu bổ sung, hoàn thiện hồ sơ',
    'chờ bổ sung',
    'chờ bổ sung hồ sơ',
    'đang bổ sung',
    'bổ sung hồ sơ',
    'cần bổ sung',
    'supplement_requested',
  ],
  returned: [
    'đã trả kết quả',
    'đã trả',
    'đã trả KQ',
    'trả kết quả',
    'đã trả kết quả trước hạn',
    'đã trả kết quả đúng hạn',
    'đã trả kết quả quá hạn',
    'returned',
  ],
  refused: [
    'từ chối',
    'từ chối hồ sơ',
    'từ chối tiếp nhận',
    'từ chối giải quyết',
    'từ chối tiếp nhận hồ sơ',
    'từ chối giải quyết hồ sơ',
    'bị từ chối',
    'đã từ chối',
    'không tiếp nhận',
    'không được tiếp nhận',
    'không giải quyết',
    'refused',
  ],
  withdrawn: [
    'rút hồ sơ',
    'đã rút',
    'đã rút hồ sơ',
    'xin rút hồ sơ',
    'công dân rút hồ sơ',
    'công dân yêu cầu rút hồ sơ',
    'yêu cầu rút hồ sơ',
    'withdrawn',
  ],
  ready: [
    'đã xử lý xong',
    'đã xử lý',
    'đã giải quyết',
    'đã giải quyết xong',
    'đã giải quyết trước hạn',
    'đã giải quyết đúng hạn',
    'đã giải quyết quá hạn',
    'đã có kết quả',
    'có kết quả',
    'hoàn thành',
    'đã hoàn thành',
    'đã kết thúc',
    'kết thúc',
  ],
})

/** Spellings that are kept as they were read: lists repeat a few. */
const spellingsMax = 100

function reader<Value extends string>(words: Record<Value, readonly string[]>): (text: string) => Value | null {
  const values = new Map<string, Value>()
  for (const value of Object.keys(words) as Value[]) {
    for (const word of words[value]) values.set(fold(word), value)
  }
  const read = new Map<string, Value>()
  return (text) => {
    if (text.length > 200) return null
    const value = read.get(text) ?? values.get(fold(text)) ?? null
    if (value !== null && read.size < spellingsMax) read.set(text, value)
    return value
  }
}
