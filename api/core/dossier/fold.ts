/**
 * The bare letters and digits of a Vietnamese text, for matching headers and words however they are typed: case, accents
 * (đ → d), blanks and punctuation are dropped, and y counts as i (`xử lý` and `xử lí` are the same word).
 * `Mã hồ sơ`, `MA_HO_SO` and `mã  hồ-sơ` all give `mahoso`.
 */
export function fold(text: string): string {
  return (
    text
      .normalize('NFD')
      .toLowerCase()
      // ð is what some old keyboards produce for đ.
      .replace(/[đð]/g, 'd')
      .replace(/[^a-z0-9]/g, '')
      .replaceAll('y', 'i')
  )
}
