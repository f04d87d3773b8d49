import Database from 'better-sqlite3'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { openLiveTill } from '../../main/app/live/open-live-till.ts'
import { createShopDesk } from '../../main/app/live/shop-desk.ts'
import type { OpenTill } from '../../main/app/open-till.ts'
import { readCommand } from '../../main/command-line/command.ts'
import { runCommand } from '../../main/command-line/run-command.ts'
import { openPreferences } from '../../main/computer/preferences.ts'
import { keeperOf, type LivePlace, openLivePlace } from './live-place.ts'
import type { SetupScene } from './setup-scene.ts'

const network = { resolveProxy: async () => 'DIRECT', userAgent: 'test' }
export const pins = { owner: '25807413', cashier: '82461937' }
export const password = 'seven blue kettles 4417'

export const shop = {
  settings: {
    shopName: '人民路店',
    supportContact: '李工 138-0000-0000',
    offline: { mode: 'honour', limits: { singleFen: 30_00 } },
    merchantCodes: [{ template: 'VIP######', stockId: '9856000' }],
    pos: { isOn: true, origins: ['https://pos.example.com'] },
  },
  staff: [
    { name: '小陈', role: 'cashier', pinFile: 'chen.txt' },
    { name: '王芳', role: 'owner', pinFile: 'wang.txt' },
  ],
  backup: { folder: 'backups', passwordFile: 'password.txt' },
  updates: { address: 'https://it.example.com/till' },
  preferences: { language: 'en', paperSize: '80mm' },
}

/** The folder that is carried to each computer. */
export function carry(scene: SetupScene, change: object = {}): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-carried-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (name: string, content: string | Uint8Array): void =>
    writeFileSync(path.join(folder, name), content)
  const { form, material, publicKeyPem } = scene
  write('cert.pem', material.certificatePem)
  write('key.pem', material.keyPem)
  write('pub_key.pem', publicKeyPem)
  write('wang.txt', `${pins.owner}\n`)
  write('chen.txt', pins.cashier)
  write('password.txt', `${password}\n`)
  mkdirSync(path.join(folder, 'backups'))
  const { merchantId, appid, hosts, publicKeyId: id } = form
  const publicKey = { id, file: 'pub_key.pem' }
  const certificateFiles = ['cert.pem', 'key.pem']
  const settings = { merchantId, appid, certificateFiles, publicKey, hosts, shop, ...change }
  write('till.json', JSON.stringify(settings))
  return folder
}

const onFault = (cause: unknown): void => expect.unreachable(String(cause))

export interface Computer {
  readonly place: LivePlace & { readonly databaseFile: string }
  readonly preferences: ReturnType<typeof openPreferences>
  /** `hexiao-till provision` with the folder's file. */
  readonly run: (folder: string, ...words: readonly string[]) => ReturnType<typeof runCommand>
  readonly command: (folder: string, ...words: readonly string[]) => ReturnType<typeof runCommand>
  /** A window is open from now on. */
  readonly tell: (tell: (() => void) | null) => void
}

export function openComputer(): Computer {
  const opened = openLivePlace()
  onTestFinished(() => opened.dispose())
  const place = { ...opened, databaseFile: path.join(opened.folder, 'till.db') }
  const preferences = openPreferences(opened.folder, 'zh-CN')
  let tellWindow: (() => void) | null = null
  return {
    place,
    preferences,
    tell(tell) {
      tellWindow = tell
    },
    run(folder, ...words) {
      return this.command(folder, 'provision', '--file', 'till.json', ...words)
    },
    async command(folder, ...words) {
      const command = readCommand(words)
      if (command === null) throw new Error('no command')
      // A command is a process of its own, that knows of the anchor what the keychain says.
      const here = { ...place, anchor: keeperOf(place.secrets) }
      const result = await runCommand(command, {
        ...here,
        ...network,
        language: 'en',
        version: '1.2.3',
        get backup() {
          return preferences.get().backup
        },
        workingFolder: folder,
        standardInput: async () => null,
        shopDesk: createShopDesk({ place: here, network, preferences, tellWindow, onFault }),
        tellWindow,
      })
      await here.anchor.settled()
      return result
    },
  }
}

/** Opens the till as its window would. */
export async function openTill({ place, preferences }: Computer): Promise<OpenTill> {
  const opened = await openLiveTill({
    place,
    network,
    wrapping: () => preferences.get().wrapping,
    isCounterInFront: () => true,
    onForget: () => undefined,
    onFault,
    mismatches: { takenBy: () => null, foundLater: () => null },
    ownerCheck: { owners: () => [], askInstead: () => undefined },
  })
  if (!opened.ok) throw new Error(opened.error.code)
  return opened.value
}

export async function shopOf(computer: Computer) {
  const open = await openTill(computer)
  try {
    const { staff } = open.shop.session.view()
    const owner = staff.find(({ role }) => role === 'owner')
    const signedIn = owner && (await open.shop.session.signIn(owner.id, pins.owner))
    return {
      settings: open.shop.settings(),
      staff: staff.map(({ name, role }) => `${name} ${role}`),
      ownersPinFits: signedIn?.ok ?? false,
      isRecoveryDue: open.shop.session.view().recovery.isDue,
      identity: open.identity,
      isIntact: await open.checkRecords(),
      acts: actsIn(computer),
    }
  } finally {
    await open.close()
  }
}

/** Who did what, as the audit trail has it. */
function actsIn({ place }: Computer): string[] {
  const database = new Database(place.databaseFile, { readonly: true })
  try {
    const rows = database
      .prepare("SELECT evidence FROM audit WHERE event = 'ordered'")
      .pluck()
      .all()
    return rows.map((row) => String(row))
  } finally {
    database.close()
  }
}

/** Everything that a folder holds, as text. */
export function textIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}
