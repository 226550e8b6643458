import type { LetterContent } from './letter.ts'

/** The sentences of a letter in one language, ready to stand in HTML once they are escaped. */
interface LetterWords {
  readonly subject: string
  readonly salutation: string
  /** Paragraphs before the code. */
  readonly before: readonly string[]
  /** Paragraphs after it. */
  readonly after: readonly string[]
}

const count = (value: number) => String(value).replaceAll(/\B(?=(\d{3})+$)/g, '.')

/** @param reminder a letter to somebody who has not answered the first one */
export function vietnamese(content: LetterContent, reminder: boolean): LetterWords {
  const { title, population, minutes, members, drawn, letter } = content
  const isBusiness = population === 'business'
  const [one, many] = isBusiness ? ['doanh nghiệp', 'doanh nghiệp'] : ['hộ gia đình', 'hộ gia đình']
  const purpose =
    letter.purpose.vi ||
    (isBusiness
      ? 'Kết quả giúp tỉnh biết doanh nghiệp đang gặp khó ở đâu và cần thay đổi điều gì trước.'
      : 'Kết quả giúp tỉnh biết người dân đang cần gì và cơ quan nào cần phục vụ tốt hơn.')
  return {
    subject: `${reminder ? 'Thư nhắc: mời' : 'Mời'} tham gia khảo sát “${title}”`,
    salutation: isBusiness ? 'Kính gửi Quý doanh nghiệp,' : 'Kính gửi Ông/Bà,',
    before: [
      reminder
        ? 'Chúng tôi đã gửi thư mời Ông/Bà tham gia cuộc khảo sát này và chưa nhận được câu trả lời. Nếu Ông/Bà vừa trả lời, xin bỏ qua thư này. Nếu chưa, xin dành ít phút: mỗi câu trả lời đều làm kết quả đúng hơn với thực tế.'
        : `${purpose}`,
      `Trong danh sách ${count(members)} ${many} của tỉnh, ${one} của Ông/Bà là một trong ${count(drawn)} ${many} được chọn ngẫu nhiên, nên không ai khác có thể trả lời thay. Việc trả lời mất khoảng ${minutes} phút và có thể dừng rồi làm tiếp trên máy khác.`,
    ],
    after: [
      'Tham gia là tự nguyện; Ông/Bà có thể bỏ qua bất kỳ câu nào. Cơ quan được hỏi tới không xem được từng phiếu và không biết ai đã trả lời; chỉ số liệu tổng hợp từ nhiều phiếu được công bố. Mã ở trên chỉ để mỗi nơi được chọn trả lời một lần, xin đừng đưa cho người khác.',
    ],
  }
}

/** The same in short, for whoever does not read Vietnamese. */
export function english(content: LetterContent, reminder: boolean): readonly string[] {
  const { title, population, minutes, members, drawn, letter, lastDay } = content
  const [one, many] = population === 'business' ? ['business', 'businesses'] : ['household', 'households']
  const number = (value: number) => count(value).replaceAll('.', ',')
  return [
    `${reminder ? 'Reminder: you' : 'You'} are invited to the survey “${title}”. ${letter.purpose.en}`.trim(),
    `Your ${one} is one of ${number(drawn)} drawn at random from ${number(members)} ${many}. Please scan the code, or open the address and enter the eight characters, by ${lastDay.split('-').toReversed().join('/')}. It takes about ${minutes} minutes, is voluntary, and only figures made from many answers are published.`,
  ]
}
