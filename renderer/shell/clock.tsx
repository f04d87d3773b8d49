import type { Language } from '../../main/contract/language.ts'
import { useNow } from '../components/use-now.ts'
import { formatClock } from '../format/time.ts'

export function Clock({ language }: { readonly language: Language }) {
  return <time>{formatClock(useNow(), language)}</time>
}
