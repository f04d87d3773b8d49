/**
 * What calibration noticed. Its words are in `words/<language>/scanner.json`: `calibration.findings.<code>.is` says
 * what is so, `.mend` which setting or which configuration code in the scanner's manual mends it.
 */
export const findings = [
  // The scanner cannot be used as it is.
  'not-heard',
  'input-method',
  'drops-characters',
  'adds-characters',
  'changes-case',
  'layout-unknown',
  'not-the-codes',
  'varies',
  'too-slow',
  // It works, and would work better.
  'caps-lock-on',
  'no-terminator',
  'other-layout',
  'alt-codes',
  'slow',
  'prefix',
  'suffix',
] as const
export type Finding = (typeof findings)[number]
