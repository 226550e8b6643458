import type { Questionnaire } from '../../api/core/questionnaire/definition.ts'

const text = (vi: string, en: string) => ({ vi, en })
const item = <Code extends string>(code: Code, vi: string, en: string) => ({
  code,
  text: text(vi, en),
  short: text(code, code),
  source: 'test',
})
const option = (code: string, vi: string, en: string) => ({ code, text: text(vi, en) })
const YES_NO = [option('yes', 'Có', 'Yes'), option('no', 'Không', 'No')]
const AGREE = [
  option('5', 'Rất đồng ý', 'Strongly agree'),
  option('4', 'Đồng ý', 'Agree'),
  option('3', 'Bình thường', 'Neutral'),
  option('2', 'Không đồng ý', 'Disagree'),
  option('1', 'Rất không đồng ý', 'Strongly disagree'),
]

/** A short questionnaire with every kind of item, a condition, a part that repeats and a sensitive question. */
export const everyKind: Questionnaire = {
  code: 'every-kind',
  version: 1,
  kind: 'survey',
  title: text('Phiếu thử mọi loại câu hỏi', 'Trial form of every kind'),
  languages: ['vi', 'en'],
  notice: {
    version: '1',
    text: text('Phiếu này để thử.\n\nTrả lời là tự nguyện.', 'This form is a trial.\n\nAnswering is voluntary.'),
  },
  population: 'business',
  forms: ['A', 'B'],
  sections: [
    {
      code: 'about',
      title: text('Về doanh nghiệp', 'About your firm'),
      items: [
        {
          ...item('KIND', 'Loại hình của doanh nghiệp?', 'Type of your firm?'),
          type: 'single',
          na: true,
          required: true,
          options: [option('ltd', 'Công ty TNHH', 'Limited company'), option('other', 'Loại khác', 'Other')],
        },
        {
          ...item('USED', 'Đã dùng dịch vụ nào?', 'Which services did you use?'),
          type: 'multiple',
          options: [
            option('tax', 'Kê khai thuế', 'Tax filing'),
            option('land', 'Đất đai', 'Land'),
            { ...option('none', 'Không dịch vụ nào', 'None'), exclusive: true },
          ],
        },
        {
          ...item('WORKERS', 'Có bao nhiêu lao động?', 'How many employees?'),
          type: 'number',
          unit: text('người', 'people'),
          min: 1,
          max: 5000,
          na: true,
        },
        {
          ...item('SHARE', 'Tỷ lệ doanh thu xuất khẩu?', 'Share of exports in sales?'),
          type: 'percent',
          when: { item: 'WORKERS', from: 10 },
        },
        {
          ...item('SINCE', 'Ngày đăng ký?', 'Day of registration?'),
          type: 'date',
          min: '1990-01-01',
          max: '2026-12-31',
        },
      ],
    },
    {
      code: 'views',
      title: text('Nhận xét', 'Views'),
      items: [
        {
          ...item('M', 'Ông/Bà đồng ý với các ý sau không?', 'Do you agree with these?'),
          type: 'matrix',
          options: AGREE,
          na: true,
          rows: [
            { code: 'M_CLEAR', text: text('Quy định rõ ràng.', 'Rules are clear.'), short: text('Rõ ràng', 'Clear') },
            { code: 'M_FAST', text: text('Giải quyết nhanh.', 'Handling is fast.'), short: text('Nhanh', 'Fast') },
          ],
        },
        {
          ...item('RANK', 'Xếp thứ tự ba việc cần làm trước.', 'Rank what should come first.'),
          type: 'ranking',
          options: [
            option('fee', 'Giảm phí', 'Lower fees'),
            option('time', 'Rút ngắn thời gian', 'Shorter times'),
            option('info', 'Thông tin rõ', 'Clear information'),
          ],
        },
      ],
    },
    {
      code: 'private',
      title: text('Chi phí', 'Costs'),
      items: [
        {
          ...item('PAID', 'Có phải trả thêm khoản nào không?', 'Did you pay anything extra?'),
          type: 'single',
          sensitive: true,
          na: true,
          options: YES_NO,
        },
        {
          ...item('LIST', 'Trong các việc sau, doanh nghiệp đã làm bao nhiêu?', 'How many of these did your firm do?'),
          type: 'list',
          statements: [text('Dự hội thảo', 'Went to a seminar'), text('Gọi đường dây nóng', 'Called a hotline')],
          extra: text('Biếu quà cán bộ', 'Gave a present'),
          treated: ['B'],
        },
      ],
    },
    {
      code: 'whom',
      title: text('Các sở đã làm việc', 'Departments dealt with'),
      items: [
        {
          ...item('DEPTS', 'Chọn các sở đã làm việc.', 'Choose the departments.'),
          type: 'units',
          kinds: ['department'],
          atMost: 3,
        },
      ],
    },
    {
      code: 'unit',
      title: text('Về {unit}', 'About {unit}'),
      repeat: 'DEPTS',
      items: [
        { ...item('GOOD', '{unit} phục vụ tốt không?', 'Does {unit} serve well?'), type: 'single', options: YES_NO },
      ],
    },
    {
      code: 'end',
      title: text('Góp ý', 'Comments'),
      items: [{ ...item('WORDS', 'Ông/Bà góp ý gì?', 'Your comments?'), type: 'text', longest: 300 }],
    },
  ],
}
