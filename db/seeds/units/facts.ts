/**
 * What no npm package gives, by hand from public sources.
 *
 * Provinces and codes: QĐ 124/2004/QĐ-TTg (63 provinces) and QĐ 19/2025/QĐ-TTg (34); the merger: NQ 202/2025/QH15. A merged
 * province keeps the two-digit code of one predecessor. H-codes: level-1 codes that the provinces' portals show in 2026.
 */

/** The day on which the merger of 2025 took effect. */
export const MERGER = '2025-07-01'

/** The 34 provinces of today: [code, name, H-code]. */
export const CURRENT_PROVINCES = [
  ['01', 'Thành phố Hà Nội', 'H26'],
  ['04', 'Tỉnh Cao Bằng', 'H14'],
  ['08', 'Tỉnh Tuyên Quang', 'H60'],
  ['11', 'Tỉnh Điện Biên', 'H18'],
  ['12', 'Tỉnh Lai Châu', 'H35'],
  ['14', 'Tỉnh Sơn La', 'H52'],
  ['15', 'Tỉnh Lào Cai', 'H38'],
  ['19', 'Tỉnh Thái Nguyên', 'H55'],
  ['20', 'Tỉnh Lạng Sơn', 'H37'],
  ['22', 'Tỉnh Quảng Ninh', 'H49'],
  ['24', 'Tỉnh Bắc Ninh', 'H05'],
  ['25', 'Tỉnh Phú Thọ', 'H44'],
  ['31', 'Thành phố Hải Phòng', 'H24'],
  ['33', 'Tỉnh Hưng Yên', 'H31'],
  ['37', 'Tỉnh Ninh Bình', 'H42'],
  ['38', 'Tỉnh Thanh Hóa', 'H56'],
  ['40', 'Tỉnh Nghệ An', 'H41'],
  ['42', 'Tỉnh Hà Tĩnh', 'H27'],
  ['44', 'Tỉnh Quảng Trị', 'H50'],
  ['46', 'Thành phố Huế', 'H57'],
  ['48', 'Thành phố Đà Nẵng', 'H17'],
  ['51', 'Tỉnh Quảng Ngãi', 'H48'],
  ['52', 'Tỉnh Gia Lai', 'H21'],
  ['56', 'Tỉnh Khánh Hòa', 'H32'],
  ['66', 'Tỉnh Đắk Lắk', 'H15'],
  ['68', 'Tỉnh Lâm Đồng', 'H36'],
  ['75', 'Thành phố Đồng Nai', 'H19'],
  ['79', 'Thành phố Hồ Chí Minh', 'H29'],
  ['80', 'Tỉnh Tây Ninh', 'H53'],
  ['82', 'Tỉnh Đồng Tháp', 'H20'],
  ['86', 'Tỉnh Vĩnh Long', 'H61'],
  ['91', 'Tỉnh An Giang', 'H01'],
  ['92', 'Thành phố Cần Thơ', 'H13'],
  ['96', 'Tỉnh Cà Mau', 'H12'],
] as const

/**
 * The 52 provinces that ended on the merger's eve: [code then, name, code of the province they became, H-code or null].
 * The eleven others did not merge and are the same unit before and after. A province that took part keeps its H-code in the
 * merged one of its name; of the others only Thái Bình's is known from a source.
 */
export const FORMER_PROVINCES = [
  ['02', 'Tỉnh Hà Giang', '08', null],
  ['06', 'Tỉnh Bắc Kạn', '19', null],
  ['08', 'Tỉnh Tuyên Quang', '08', 'H60'],
  ['10', 'Tỉnh Lào Cai', '15', 'H38'],
  ['15', 'Tỉnh Yên Bái', '15', null],
  ['17', 'Tỉnh Hòa Bình', '25', null],
  ['19', 'Tỉnh Thái Nguyên', '19', 'H55'],
  ['24', 'Tỉnh Bắc Giang', '24', null],
  ['25', 'Tỉnh Phú Thọ', '25', 'H44'],
  ['26', 'Tỉnh Vĩnh Phúc', '25', null],
  ['27', 'Tỉnh Bắc Ninh', '24', 'H05'],
  ['30', 'Tỉnh Hải Dương', '31', null],
  ['31', 'Thành phố Hải Phòng', '31', 'H24'],
  ['33', 'Tỉnh Hưng Yên', '33', 'H31'],
  ['34', 'Tỉnh Thái Bình', '33', 'H54'],
  ['35', 'Tỉnh Hà Nam', '37', null],
  ['36', 'Tỉnh Nam Định', '37', null],
  ['37', 'Tỉnh Ninh Bình', '37', 'H42'],
  ['44', 'Tỉnh Quảng Bình', '44', null],
  ['45', 'Tỉnh Quảng Trị', '44', 'H50'],
  ['48', 'Thành phố Đà Nẵng', '48', 'H17'],
  ['49', 'Tỉnh Quảng Nam', '48', null],
  ['51', 'Tỉnh Quảng Ngãi', '51', 'H48'],
  ['52', 'Tỉnh Bình Định', '52', null],
  ['54', 'Tỉnh Phú Yên', '66', null],
  ['56', 'Tỉnh Khánh Hòa', '56', 'H32'],
  ['58', 'Tỉnh Ninh Thuận', '56', null],
  ['60', 'Tỉnh Bình Thuận', '68', null],
  ['62', 'Tỉnh Kon Tum', '51', null],
  ['64', 'Tỉnh Gia Lai', '52', 'H21'],
  ['66', 'Tỉnh Đắk Lắk', '66', 'H15'],
  ['67', 'Tỉnh Đắk Nông', '68', null],
  ['68', 'Tỉnh Lâm Đồng', '68', 'H36'],
  ['70', 'Tỉnh Bình Phước', '75', null],
  ['72', 'Tỉnh Tây Ninh', '80', 'H53'],
  ['74', 'Tỉnh Bình Dương', '79', null],
  ['75', 'Tỉnh Đồng Nai', '75', 'H19'],
  ['77', 'Tỉnh Bà Rịa - Vũng Tàu', '79', null],
  ['79', 'Thành phố Hồ Chí Minh', '79', 'H29'],
  ['80', 'Tỉnh Long An', '80', null],
  ['82', 'Tỉnh Tiền Giang', '82', null],
  ['83', 'Tỉnh Bến Tre', '86', null],
  ['84', 'Tỉnh Trà Vinh', '86', null],
  ['86', 'Tỉnh Vĩnh Long', '86', 'H61'],
  ['87', 'Tỉnh Đồng Tháp', '82', 'H20'],
  ['89', 'Tỉnh An Giang', '91', 'H01'],
  ['91', 'Tỉnh Kiên Giang', '91', null],
  ['92', 'Thành phố Cần Thơ', '92', 'H13'],
  ['93', 'Tỉnh Hậu Giang', '92', null],
  ['94', 'Tỉnh Sóc Trăng', '92', null],
  ['95', 'Tỉnh Bạc Liêu', '96', null],
  ['96', 'Tỉnh Cà Mau', '96', 'H12'],
] as const

/** Earlier names of provinces that are one unit throughout: [code, name, first day of the next name, source]. */
export const EARLIER_PROVINCE_NAMES = [
  ['46', 'Tỉnh Thừa Thiên Huế', '2025-01-01', 'NQ 175/2024/QH15'],
  ['75', 'Tỉnh Đồng Nai', '2026-04-30', 'NQ 30/2026/QH16'],
] as const

/** Communes of Đồng Nai that became wards on 30/04/2026 (NQ 237/NQ-UBTVQH16): [code, new name]. */
export const RENAMED_COMMUNES = [
  ['25270', 'Phường Lộc Ninh'],
  ['25357', 'Phường Tân Khai'],
  ['25363', 'Phường Đồng Phú'],
  ['26116', 'Phường Tân Phú'],
  ['26170', 'Phường Trị An'],
  ['26248', 'Phường Trảng Bom'],
  ['26326', 'Phường Dầu Giây'],
  ['26368', 'Phường Long Thành'],
  ['26425', 'Phường Xuân Lộc'],
  ['26485', 'Phường Nhơn Trạch'],
] as const
export const RENAMED_FROM = '2026-04-30'

/** Codes of two communes that the package has wrong, against the statistics office's list: [wrong, right, name]. */
export const CORRECTED_COMMUNE_CODES = [
  ['06970', '06978', 'Xã Ba Chẽ'],
  ['23737', '23938', 'Xã Ia Mơ'],
] as const

/** The border commune that the package forgets among the old ones; the merger left it as it was. */
export const FORGOTTEN_FORMER_COMMUNES = [
  { code: '23938', name: 'Xã Ia Mơ', district: 'Huyện Chư Prông', province: 'Tỉnh Gia Lai', newCode: '23938' },
] as const

/** Island districts without communes, each of which became a special zone as a whole: [district, old province, new code]. */
export const ISLAND_DISTRICTS = [
  ['Huyện Bạch Long Vĩ', 'Thành phố Hải Phòng', '11948'],
  ['Huyện Cồn Cỏ', 'Tỉnh Quảng Trị', '19742'],
  ['Huyện Hoàng Sa', 'Thành phố Đà Nẵng', '20333'],
  ['Huyện Lý Sơn', 'Tỉnh Quảng Ngãi', '21548'],
  ['Huyện Côn Đảo', 'Tỉnh Bà Rịa - Vũng Tàu', '26732'],
] as const

/** Changes that portals already show without a day that a source gives; left out of the names until one does. */
export const UNDATED_PROVINCE_CHANGES = [
  ['22', 'thành phố Quảng Ninh (portal data of 10/2026)'],
  ['24', 'thành phố Bắc Ninh (portal data of 10/2026)'],
] as const
