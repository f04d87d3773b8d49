import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

/**
 * Renders its children beside the page, which itself is never printed. While mounted, they are what is printed or saved
 * as PDF.
 */
export function PrintSheet({ children }: { readonly children: ReactNode }) {
  return createPortal(<div className="print-sheet">{children}</div>, document.body)
}
