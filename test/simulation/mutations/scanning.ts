import type { Mutation } from './mutation.ts'

const readKey = 'renderer/scanner/read-key.ts'
const loneKeys = 'renderer/scanner/lone-keys.ts'
const judge = 'renderer/scanner/run-judge.ts'
const run = 'renderer/scanner/scan-run.ts'
const twoSources = 'renderer/scanner/two-sources.ts'
const takenRest = 'renderer/scanner/taken-rest.ts'

/** How the scanner's keys are told from a person's, and read. */
export const scanningMutations: readonly Mutation[] = [
  {
    name: 'a digit under Ctrl is a digit of the code',
    file: readKey,
    find: 'if (hasCommand && !stroke.altGraph) return unreadable',
    replace: '',
  },
  {
    name: 'a group separator inside a code is left out',
    file: readKey,
    find: "if (nameOf(stroke) === 'F8') return groupSeparator",
    replace: "if (nameOf(stroke) === 'F8') return null",
  },
  {
    name: 'a function key within a scan acts on the program',
    file: loneKeys,
    find: "if (functionKey.test(name) || name === 'Escape') return true",
    replace: "if (name === 'Escape') return true",
  },
  {
    name: 'Ctrl with a letter at the start of a scan acts on the program',
    file: loneKeys,
    find: 'if (hasCommand) return !editingKeys.includes(stroke.code)',
    replace: 'if (hasCommand) return false',
  },
  {
    name: 'keys held back act once a scan was heard',
    file: 'renderer/scanner/run-decoder.ts',
    find: 'if (decisions.some(isOfScan)) this.lone.drop()',
    replace: 'if (decisions.some(isOfScan)) this.lone.settle()',
  },
  {
    name: 'a key that stands alone is held back so long that a person feels it',
    file: loneKeys,
    find: 'const aloneAfterMs = 50',
    replace: 'const aloneAfterMs = 500',
  },
  {
    name: 'a second terminator presses the focused button',
    file: judge,
    find: 'const secondTerminatorMs = 250',
    replace: 'const secondTerminatorMs = 40',
  },
  {
    name: 'Ctrl+Enter ends no scan',
    file: 'renderer/scanner/stroke-role.ts',
    find: "(stroke.ctrl && named !== 'enter')",
    replace: 'stroke.ctrl',
  },
  {
    name: 'a Shift that is down at the terminator is no fault',
    file: run,
    find: 'terminator?.shift === true || this.modifiers.isShiftDown || isCtrlStuck',
    replace: 'isCtrlStuck',
  },
  {
    name: 'a Caps Lock that the scan left otherwise is no fault',
    file: run,
    find: 'if (this.modifiers.capsToggles % 2 === 1) this.foreignCapsLock()',
    replace: '',
  },
  {
    name: 'keys of a remote desktop are called lost',
    file: 'renderer/scanner/run-outcome.ts',
    find: "isOfInjectedKeys(run, fault) ? 'remote-keys' : fault",
    replace: 'fault',
  },
  {
    name: 'a scan that is too slow is left in the field in silence',
    file: judge,
    find: "return isTooSlowScan(run) ? 'too-slow' : null",
    replace: 'return null',
  },
  {
    name: 'an even scan of 140 ms a key is a person',
    file: 'renderer/scanner/scanner-profile.ts',
    find: 'export const slowestMsPerKey = 150',
    replace: 'export const slowestMsPerKey = 90',
  },
  {
    name: 'keys of two scanners that lie over each other are one code',
    file: twoSources,
    find: 'if (own.some((press, at) => liesOver(press, own.slice(at + 1, at + 1 + mostTogether))))\n    return true',
    replace: '',
  },
  {
    name: 'a pace that doubles in the middle of a code is one scanner',
    file: twoSources,
    find: 'return !hasTicks && changesPace(own, gaps)',
    replace: 'return false',
  },
  {
    name: 'keys that a busy computer held up are a code by their rhythm alone',
    file: judge,
    find: "const isProven = code.kind === 'scan' && this.situation.isWholeCode(code.scan.text)\n    return isProven",
    replace: "const isProven = code.kind === 'scan'\n    return isProven",
  },
  {
    name: 'the rest of a broken scan is a whole code',
    file: 'renderer/scanner/run-outcome.ts',
    find: "if (end.afterFragment) return 'broken-off'",
    replace: '',
  },
  {
    name: 'the Enter of a scan that an input method took submits the form',
    file: judge,
    find: 'if (isTakenByInputMethod(run, this.profile)) return true',
    replace: '',
  },
  {
    name: 'what an input method passes on late begins a scan of its own',
    file: takenRest,
    find: 'const isPart = stroke.at - this.lastAt <= patienceMs',
    replace: 'const isPart = stroke.at - this.lastAt < -patienceMs',
  },
  {
    name: 'a long paste is cut without a word',
    file: 'renderer/components/code-field-edit.ts',
    find: 'leftOut: refused.length === 0 && tooMany === 0 ? null : { refused, tooMany },',
    replace: 'leftOut: refused.length === 0 ? null : { refused, tooMany },',
  },
  {
    name: "a line behind a scan with one late key is taken for another scanner's",
    file: 'renderer/scanner/two-sources.ts',
    find: "  if (isOnlyDelayed(gaps, usual)) return 'slight'\n",
    replace: '',
  },
  {
    name: 'a scan that is refused for the one before it has the next one refused',
    file: 'renderer/scanner/rejections.ts',
    find: "    if (why === 'broken-off' && this.isRightBehind(startedAt)) return\n",
    replace: '',
  },
]
