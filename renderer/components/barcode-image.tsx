import { code128, drawingSVG } from 'bwip-js/generic'
import { useMemo } from 'react'

/** A code as Code 128, large enough to be scanned from a screen. */
export function BarcodeImage({ code, label }: { readonly code: string; readonly label: string }) {
  const image = useMemo(() => {
    const svg = code128(
      { bcid: 'code128', text: code, scale: 2, height: 16, padding: 8 },
      drawingSVG(),
    )
    // The page's content security policy allows images from `data:`, but no markup made from strings.
    return `data:image/svg+xml,${encodeURIComponent(svg)}`
  }, [code])
  return <img src={image} alt={label} data-code={code} />
}
