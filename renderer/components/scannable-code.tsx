import { Suspense, use, useMemo } from 'react'
import type * as CodeDrawing from './code-drawing.ts'
import styles from './scannable-code.module.css'
import { useDevicePixelRatio } from './use-device-pixel-ratio.ts'

interface ScannableCodeProps {
  readonly symbology: CodeDrawing.Symbology
  readonly code: string
  readonly label: string
  /** Height of a bar code's bars, CSS pixels. */
  readonly height?: number
}

/**
 * A code that a scanner can read from the screen, whatever the theme and the size of the text. Its size follows from its modules, so it
 * must not be stretched or shrunk.
 */
export function ScannableCode(props: ScannableCodeProps) {
  return (
    <Suspense fallback={null}>
      <DrawnCode {...props} />
    </Suspense>
  )
}

let drawing: Promise<typeof CodeDrawing> | null = null

/** Loaded when the first code is shown: the library that draws codes is greater than all of the till screen. */
function loadDrawing() {
  drawing ??= import('./code-drawing.ts')
  return drawing
}

function DrawnCode({ symbology, code, label, height = 48 }: ScannableCodeProps) {
  const { drawCode, pixelsPerModule } = use(loadDrawing())
  const ratio = useDevicePixelRatio()
  const { source, modules } = useMemo(() => drawCode(symbology, code), [drawCode, symbology, code])
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
