import { useMemo } from 'react'
import { drawCode, pixelsPerModule, type Symbology } from './code-drawing.ts'
import styles from './scannable-code.module.css'
import { useDevicePixelRatio } from './use-device-pixel-ratio.ts'

interface ScannableCodeProps {
  readonly symbology: Symbology
  readonly code: string
  readonly label: string
  /** Height of a bar code's bars, CSS pixels. */
  readonly height?: number
}

/**
 * A code that a scanner can read from the screen, whatever the theme and the size of the text. Its size follows from its modules, so it
 * must not be stretched or shrunk.
 */
export function ScannableCode({ symbology, code, label, height = 48 }: ScannableCodeProps) {
  const ratio = useDevicePixelRatio()
  const { source, modules } = useMemo(() => drawCode(symbology, code), [symbology, code])
  const side = (modules * pixelsPerModule(ratio)) / ratio
  return (
    <img
      className={styles['code']}
      src={source}
      alt={label}
      data-code={code}
      data-symbology={symbology}
      style={{ width: side, height: symbology === 'qrcode' ? side : height }}
    />
  )
}
