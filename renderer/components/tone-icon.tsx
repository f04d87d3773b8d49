import { Ban, CheckCheck, CircleCheckBig, Hourglass, LoaderCircle, ScanBarcode } from 'lucide-react'
import type { Instruction } from '../../main/contract/counter.ts'
import styles from './tone-icon.module.css'

/** Each instruction to the cashier has its own shape, so that nobody has to rely on colour. */
const icons = {
  idle: ScanBarcode,
  busy: LoaderCircle,
  give: CircleCheckBig,
  'not-yet': Hourglass,
  'do-not-give': Ban,
  'already-given': CheckCheck,
} as const satisfies Record<Instruction | 'idle' | 'busy', unknown>

interface ToneIconProps {
  readonly look: keyof typeof icons
}

export function ToneIcon({ look }: ToneIconProps) {
  const Icon = icons[look]
  return (
    <Icon aria-hidden className={styles[look === 'busy' ? 'busy' : 'icon']} strokeWidth={1.8} />
  )
}
