// Drives the real till through its main job with real key events, and prints what it showed. Exits with 0 only when it
// showed the right thing at every step. Started by build/start.ts in a separate desktop session.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { launchTill } from '../support/till-app.ts'
import { xKeyboard } from '../support/x-keyboard.ts'
import { SampleSupply, setTrainingNetwork } from './samples.ts'
import { steps, type Expectation, type ScanStep, type Step } from './steps.ts'
import { watchScreen, type ScreenContent } from './till-screen.ts'

/** Eighteen digits starting with 10 to 15: the form of a WeChat payment code. */
const paymentCode = '134512345678901234'

const root = path.join(import.meta.dirname, '../..')
const pictures = path.join(root, 'out/tour')
fs.rmSync(pictures, { recursive: true, force: true })
fs.mkdirSync(pictures, { recursive: true })

// When asked to stop, exits at once and prints nothing. Playwright ends the app when this process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const electronFolder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
if (electronFolder === undefined) throw new Error('start this with: npm run tour')
const userDataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-tour-'))
const till = await launchTill({
  executable: path.join(electronFolder, 'electron'),
  appFolder: root,
  userDataFolder,
  env: process.env,
})
try {
  process.exitCode = (await tour()) ? 0 : 1
} finally {
  await till.kill()
  fs.rmSync(userDataFolder, { recursive: true, force: true, maxRetries: 5 })
}

async function tour(): Promise<boolean> {
  const { page } = till
  const keyboard = xKeyboard(process.env)
  const samples = new SampleSupply(page)
  await page.getByTestId('connection').waitFor()
  await keyboard.focus(till.processId)
  console.log(`\nThe till is open: ${await windowTitle()}\n`)
  await page.screenshot({ path: path.join(pictures, '00-open.png') })

  const scanned: string[] = []
  const codeFor = async (scan: ScanStep['scan']): Promise<string> => {
    if (scan === 'payment-code') return paymentCode
    if (scan === 'the first again') return scanned[0] ?? ''
    return samples.take(scan)
  }
  let missed = 0
  for (const [index, step] of steps.entries()) {
    console.log(`${index + 1}. ${step.say}`)
    if ('network' in step) {
      await setTrainingNetwork(page, step.network)
    } else {
      await page.waitForTimeout(step.afterMs ?? 0)
      const code = await codeFor(step.scan)
      scanned.push(code)
      await keyboard.scan(code)
    }
    const { shown, asExpected } = await watchScreen(page, (screen) => fulfils(screen, step.must))
    console.log(`   ${inWords(step, shown)}`)
    if (!asExpected) {
      missed += 1
      console.log(`   WRONG: it must show ${JSON.stringify(step.must)}`)
    }
    const name = `${String(index + 1).padStart(2, '0')}-${step.say.replaceAll(/\W+/g, '-')}.png`
    await page.screenshot({ path: path.join(pictures, name) })
  }
  console.log(`\nPictures of each step: out/tour`)
  console.log(missed === 0 ? 'The tour is complete.' : `${missed} steps went wrong.`)
  if (missed > 0) console.log(till.output())
  return missed === 0
}

function fulfils(shown: ScreenContent, must: Expectation): boolean {
  return (
    (must.tone === undefined || shown.tone === must.tone) &&
    (must.reasons === undefined || must.reasons.some((reason) => reason === shown.reason)) &&
    (must.queue === undefined || shown.queue === must.queue)
  )
}

function inWords(step: Step, shown: ScreenContent): string {
  const state = `queue ${shown.queue}, connection ${shown.connection}`
  if (step.must.tone === undefined) return state
  return `${shown.tone}: ${shown.words} [${shown.reason}] (${state})`
}

/** Returns what the task bar would show. */
function windowTitle(): Promise<string> {
  return till.electron.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '',
  )
}
