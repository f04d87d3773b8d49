// npm run screens [GROUP…]: writes pictures of every screen and state, in both languages and sizes, to docs/screens/.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { appUnderTest } from '../support/app-under-test.ts'
import { type SpawnedStandIn, spawnStandIn } from '../support/spawn-stand-in.ts'
import { launchTill } from '../support/till-app.ts'
import { xKeyboard } from '../support/x-keyboard.ts'
import { camera } from './camera.ts'
import { takeChain } from './chain-pictures.ts'
import { takeCounter } from './counter-pictures.ts'
import { takeLive } from './live-pictures.ts'
import { takeOffice } from './office-pictures.ts'
import { takePeople } from './people-pictures.ts'
import { takeRecords } from './records-pictures.ts'
import type { Scene } from './scene.ts'
import { takeShop } from './shop-pictures.ts'
import { takeTill } from './till-pictures.ts'

const groups = {
  till: takeTill,
  counter: takeCounter,
  records: takeRecords,
  people: takePeople,
  shop: takeShop,
  chain: takeChain,
}
const asked = process.argv.slice(2)

for (const [name, take] of Object.entries(groups)) if (isAsked(name)) await inScene(take)
if (isAsked('live')) await inFolder(takeLive)
if (isAsked('office')) await takeOffice()

function isAsked(name: string): boolean {
  return asked.length === 0 || asked.includes(name)
}

/** Each group starts with a till that was not used before. */
function inScene(take: (scene: Scene) => Promise<void>): Promise<void> {
  return inFolder(async (standIn, userDataFolder) => {
    const till = await launchTill({
      ...appUnderTest(),
      userDataFolder,
      env: process.env,
      trainingGateway: standIn.controlOrigin,
    })
    const keyboard = xKeyboard(process.env)
    await keyboard.focus(till.processId)
    const { page } = till
    await take({ till, page, keyboard, standIn, shoot: camera(page) })
    await till.kill()
  })
}

async function inFolder(
  take: (standIn: SpawnedStandIn, userDataFolder: string) => Promise<void>,
): Promise<void> {
  const standIn = await spawnStandIn()
  const userDataFolder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-screens-'))
  try {
    await take(standIn, userDataFolder)
  } finally {
    await standIn.stop()
    rmSync(userDataFolder, { recursive: true, force: true, maxRetries: 5 })
  }
}
