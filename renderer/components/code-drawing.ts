import { code128, drawingSVG, qrcode } from 'bwip-js/generic'

/** A bar code or QR code: black on white, with the quiet zone that its standard asks for. */
export interface CodeDrawing {
  /** An address for `<img>`: the page's content security policy allows images from `data:`, but no markup made from strings. */
  readonly source: string
  /** Width in modules (of its narrowest bars, or of its dots), quiet zone included. */
  readonly modules: number
}

export type Symbology = 'code128' | 'qrcode'

/** Quiet zone in modules (ISO/IEC 15417, ISO/IEC 18004), and how many units the library draws for a module. */
const forms = {
  code128: { quiet: 10, unitsPerModule: 1 },
  qrcode: { quiet: 4, unitsPerModule: 2 },
} as const

export function drawCode(symbology: Symbology, text: string): CodeDrawing {
  const { quiet, unitsPerModule } = forms[symbology]
  const padding = quiet * unitsPerModule
  const white = 'FFFFFF'
  const svg =
    symbology === 'code128'
      ? code128(
          { bcid: symbology, text, scale: 1, paddingwidth: padding, backgroundcolor: white },
          drawingSVG(),
        )
      : qrcode({ bcid: symbology, text, scale: 1, padding, backgroundcolor: white }, drawingSVG())
  const width = /viewBox="0 0 (?<width>\d+) /u.exec(svg)?.groups?.['width']
  if (width === undefined) throw new Error('the drawing of the code has no width')
  // Bars fill any height; edges lie on pixels, without grey between.
  const sharp = svg.replace(
    '<svg ',
    '<svg preserveAspectRatio="none" shape-rendering="crispEdges" ',
  )
  return {
    source: `data:image/svg+xml,${encodeURIComponent(sharp)}`,
    modules: Number(width) / unitsPerModule,
  }
}

/** A module is at least so many pixels of the screen, which cameras and scanners resolve. */
const fewestPixels = 2
/** CSS pixels of a module, at least: on a dense screen two pixels are too small. */
const smallestModule = 1.5

/** Returns the width of a module in pixels of the screen: always a whole number, so that no bar is blurred. */
export function pixelsPerModule(devicePixelRatio: number): number {
  return Math.max(fewestPixels, Math.round(smallestModule * devicePixelRatio))
}
