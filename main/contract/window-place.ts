/**
 * Where the till's window is: `behind` another program's as far as can be known, or `hidden`, which is minimised or closed to the
 * tray.
 */
export type WindowPlace = 'front' | 'behind' | 'hidden'
