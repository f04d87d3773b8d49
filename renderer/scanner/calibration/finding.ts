/**
 * What calibration can find. The words are in `words/<language>/scanner.json`: `calibration.findings.<code>.is`
 * describes the finding, `.mend` names the setting or the configuration code in the scanner's manual that fixes it.
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
  'uneven',
  'all-at-once',
  'function-keys',
  'control-characters',
  'unclear-case',
  'two-sources',
  // The scanner cannot be used, or works as far as it could be tried.
  'remote-keys',
  // The scanner works, and would work better with another setting.
  'caps-lock-on',
  'no-terminator',
  'other-terminator',
  'enter-first',
  'other-layout',
  'alt-codes',
  'slow',
  'prefix',
  'suffix',
] as const
export type Finding = (typeof findings)[number]
