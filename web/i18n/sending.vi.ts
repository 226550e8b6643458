/** Words of a form's way to the server and back, on the rating page and on a survey's. Vietnamese is the source. */
export const sendingVi = {
  saved: 'Đã lưu.',
  saving: 'Đang lưu…',
  unsent: 'Chưa gửi: {n} câu. Đang giữ trên máy này, sẽ tự gửi khi có mạng.',
  held: 'Chưa gửi: {n} câu. Đang giữ trên máy này; hệ thống đang bận, sẽ tự gửi lại sau ít phút.',
  unsentMemory: 'Chưa gửi: {n} câu. Máy này không giữ được, xin đừng đóng trang.',
  sending: 'Đang gửi…',
  retry: 'Gửi lại ngay',
  faultTitle: 'Chưa mở được phiếu',
  fault: 'Chưa kết nối được với hệ thống. Trang sẽ tự thử lại.',
  faultBusy: 'Hệ thống đang bận hoặc tạm nghỉ. Trang sẽ tự thử lại.',
  faultLimited:
    'Đã có quá nhiều mã sai được nhập. Xin thử lại sau {wait}, hoặc quét mã QR trên giấy: cách đó mở được ngay.',
  waitSeconds: '{n} giây',
  waitMinutes: '{n} phút',
  waitHours: '{n} giờ',
  again: 'Thử lại',
} as const

export type SendingWords = { readonly [Key in keyof typeof sendingVi]: string }
