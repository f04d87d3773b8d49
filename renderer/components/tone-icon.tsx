import { CircleCheckBig, Hourglass, LoaderCircle, OctagonX, ScanBarcode } from 'lucide-react'
import styles from './tone-icon.module.css'

/** A shape of its own for every tone: told apart without colour. */
const icons = {
  idle: ScanBarcode,
  busy: LoaderCircle,
  green: CircleCheckBig,
  amber: Hourglass,
  red: OctagonX,
}

interface ToneIconProps {
  readonly tone: keyof typeof icons
}

export function ToneIcon({ tone }: ToneIconProps) {
  const Icon = icons[tone]
  return (
    <Icon aria-hidden className={styles[tone === 'busy' ? 'busy' : 'icon']} strokeWidth={1.8} />
  )
}
