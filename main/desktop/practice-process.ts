import { app } from 'electron'
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { ownSwitches } from './own-switches.ts'
import { switchesOfPractice } from './switches.ts'

/** The practice window of a live till: a program of its own, with a folder of its own (docs/decisions/0047). */
export interface PracticeProcess {
  /** Opens it, or brings the one that is open to the front. */
  open(): void
  isOpen(): boolean
  /** Somebody practises right now: what they scan is not for the live till. */
  hasFocus(): boolean
  close(): void
}

/** What the practice window writes to its output when it gets the focus, and when it loses it. */
export const focusLines = { focused: 'practice-focused', blurred: 'practice-blurred' } as const

/** `onReturn` is called when a practice has ended that somebody worked in. */
export function createPracticeProcess(onReturn: () => void): PracticeProcess {
  let child: ChildProcess | null = null
  let isFocused = false
  let wasUsed = false

  function start(): void {
    const own = spawn(process.execPath, practiceArguments(), {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    child = own
    createInterface({ input: own.stdout }).on('line', (line) => {
      if (line === focusLines.focused) {
        isFocused = true
        wasUsed = true
      }
      if (line === focusLines.blurred) isFocused = false
    })
    const ended = (): void => {
      if (child !== own) return
      child = null
      isFocused = false
      // One that only brought another practice window to the front leaves the focus there.
      if (wasUsed) onReturn()
      wasUsed = false
    }
    own.once('exit', ended)
    // It could not be started.
    own.once('error', ended)
  }

  return {
    open() {
      // A second start of the practice brings the first to the front, and ends.
      if (child === null) start()
      else spawn(process.execPath, practiceArguments(), { stdio: 'ignore' }).unref()
    },
    isOpen: () => child !== null,
    hasFocus: () => isFocused,
    close: () => void child?.kill(),
  }
}

function practiceArguments(): string[] {
  const switches = ownSwitches(switchesOfPractice)
  // Tests drive the practice window as they drive this one.
  if (!app.isPackaged && app.commandLine.hasSwitch('remote-debugging-port'))
    switches.push('--remote-debugging-port=0')
  return [...(app.isPackaged ? [] : [app.getAppPath()]), ...switches, '--mode=practice']
}
