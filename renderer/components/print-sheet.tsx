import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

/** What goes to the printer or into a PDF while it is mounted: beside the page, which itself is never printed. */
export function PrintSheet({ children }: { readonly children: ReactNode }) {
  return createPortal(<div className="print-sheet">{children}</div>, document.body)
}
