import type { Language } from '../../main/contract/snapshot.ts'

/** Fen as yuan in the reader's way, without cents where there are none: 2000 -> "20元" / "¥20". */
export function formatFen(fen: number, language: Language): string {
  const yuan = new Intl.NumberFormat(language, {
    minimumFractionDigits: fen % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(fen / 100)
  return language === 'zh-CN' ? `${yuan}元` : `¥${yuan}`
}
