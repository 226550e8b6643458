/** Words of the pages on which a code is typed from paper. The rating page itself does not carry them. */
export const rateTypedVi = {
  withdrawTitle: 'Rút phiếu đánh giá',
  withdrawIntro: 'Nhập mã Ông/Bà nhận được sau khi gửi phiếu.',
  withdrawCode: 'Mã rút phiếu',
  withdrawCodeHint: 'Ví dụ: K7QM-2XTP-9HWD-4RFS-8NVA. Không phân biệt chữ hoa, chữ thường.',
  withdrawFormat: 'Mã còn thiếu hoặc có ký tự lạ. Xin kiểm tra lại mã.',
  errorPrefix: 'Lỗi: ',
  slipCode: 'Có phiếu giấy và muốn đánh giá',
  codeTitle: 'Mở phiếu đánh giá',
  codeIntro: 'Nhập mã 8 ký tự in trên phiếu giấy.',
  code: 'Mã phiếu',
  codeHint: 'Ví dụ: K7JM-2XTP. Không phân biệt chữ hoa, chữ thường.',
  codeFormat: 'Mã gồm 8 chữ và số. Xin kiểm tra lại.',
  codeLetters: 'Mã chỉ có các chữ C F H J K M N P R T V X và các số từ 2 đến 9. Xin so lại với mã in trên giấy.',
  codeOpen: 'Mở phiếu',
} as const

export type RateTypedWords = { readonly [Key in keyof typeof rateTypedVi]: string }
