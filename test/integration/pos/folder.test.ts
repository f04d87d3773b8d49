import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { CommandReply } from '../../../main/pos/command-schemas.ts'
import { answersKeptMs, freshMs } from '../../../main/pos/folder.ts'
import { LinkedTill } from '../../support/linked-till.ts'
import { codeOf } from '../../support/scripted-till.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

/** A till that watches a folder, and listens nowhere. */
class FolderScene {
  readonly folder: string
  readonly till: LinkedTill

  private constructor(folder: string, till: LinkedTill) {
    this.folder = folder
    this.till = till
  }

  static async open(): Promise<FolderScene> {
    const place = temporaryFolder()
    const folder = path.join(place.path, 'pos')
    mkdirSync(folder, { mode: 0o700 })
    const till = await LinkedTill.open({ isOn: false, folder })
    onTestFinished(async () => {
      await till.close()
      place.remove()
    })
    return new FolderScene(folder, till)
  }

  at(name: string): string {
    return path.join(this.folder, name)
  }

  /** Leaves a request as the page says: under another name, then renamed. */
  leave(name: string, content: object | string | Buffer): void {
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content)
    writeFileSync(this.at('writing.tmp'), isRaw ? content : JSON.stringify(content))
    renameSync(this.at('writing.tmp'), this.at(`${name}.req`))
  }

  async answer(name: string): Promise<CommandReply> {
    return vi.waitFor(
      () => CommandReply.parse(JSON.parse(readFileSync(this.at(`${name}.ans`), 'utf8'))),
      {
        timeout: 30_000,
        interval: 20,
      },
    )
  }

  async ask(name: string, content: object | string | Buffer): Promise<CommandReply> {
    this.leave(name, content)
    return this.answer(name)
  }
}

const order = { do: 'order', orderId: 'A1', totalFen: 6800, cashier: '小陈' }
const redeem = { do: 'redeem', orderId: 'A1', code: codeOf(1) }

test('a request file is answered by a file, whole, and is gone then', async () => {
  const scene = await FolderScene.open()
  expect((await scene.ask('1', order)).order?.payFen).toBe(6800)
  const sold = await scene.ask('2', redeem)
  expect(sold).toMatchObject({ ok: true, exitCode: 0, coupon: { deductFen: 1000 } })
  const { coupon } = sold
  expect(await scene.ask('3', { do: 'return', orderId: 'A1', no: coupon?.no })).toMatchObject({
    ok: true,
    order: { deductFen: 0 },
  })
  expect((await scene.ask('4', { do: 'end', orderId: 'A1' })).order?.isEnded).toBe(true)
  expect(readdirSync(scene.folder)).toEqual(['1.ans', '2.ans', '3.ans', '4.ans'])
  expect(readFileSync(scene.at('2.ans'), 'utf8')).toMatch(/^[\x20-\x7e]+\n$/)
  expect(scene.till.link.read()).toMatchObject({
    listening: 'off',
    folder: 'on',
    clients: [{ id: 'folder', isFolder: true, usedAt: scene.till.scripted.now }],
  })
  const [row] = scene.till.scripted.store.redemptions.recent(1)
  expect(row?.cashier).toBe('POS folder: 小陈')
  expect(scene.till.scripted.faults).toEqual([])
})

test('a file that is still being written is not read', async () => {
  const scene = await FolderScene.open()
  writeFileSync(scene.at('1.json'), '{"do":"sta')
  writeFileSync(scene.at('2.tmp'), '{"do":"status"}')
  await scene.ask('3', { do: 'status' })
  expect(existsSync(scene.at('1.ans'))).toBe(false)
  writeFileSync(scene.at('1.json'), '{"do":"status"}')
  writeFileSync(scene.at('1.OK'), '')
  expect((await scene.answer('1')).status?.pos).toBe('folder')
  await expect.poll(() => readdirSync(scene.folder).toSorted()).toEqual(['1.ans', '2.tmp', '3.ans'])
})

test('a request that comes again has its first answer, also after the till was started again', async () => {
  const scene = await FolderScene.open()
  await scene.ask('1', order)
  const first = await scene.ask('2', redeem)
  scene.till.scripted.restart({ offForMs: 0 })
  writeFileSync(scene.at('2.ans'), '')
  expect(await scene.ask('2', redeem)).toEqual(first)
  // Its answer was lost so long ago that its customer has gone; it is told all the same what was done.
  writeFileSync(scene.at('2.ans'), '')
  writeFileSync(scene.at('late.tmp'), JSON.stringify({ ...redeem, key: '2' }))
  const late = Date.now() / 1000 - freshMs / 1000 - 60
  utimesSync(scene.at('late.tmp'), late, late)
  renameSync(scene.at('late.tmp'), scene.at('late.req'))
  expect(await scene.answer('late')).toEqual(first)
  expect(scene.till.scripted.sent).toHaveLength(1)
  writeFileSync(scene.at('2.ans'), '')
  expect((await scene.ask('2', { ...redeem, code: codeOf(2) })).problem?.code).toBe('key-reused')
})

test('under another name the same coupon is already given', async () => {
  const scene = await FolderScene.open()
  await scene.ask('1', order)
  await scene.ask('2', redeem)
  expect(await scene.ask('3', redeem)).toMatchObject({ exitCode: 12, order: { deductFen: 1000 } })
})

test('nothing is redeemed for a customer who has gone', async () => {
  const scene = await FolderScene.open()
  await scene.ask('1', order)
  writeFileSync(scene.at('old.tmp'), JSON.stringify(redeem))
  const old = (Date.now() - freshMs - 1000) / 1000
  utimesSync(scene.at('old.tmp'), old, old)
  renameSync(scene.at('old.tmp'), scene.at('old.req'))
  expect((await scene.answer('old')).problem?.code).toBe('request-too-old')
  expect(scene.till.scripted.sent).toEqual([])
})

test('UTF-8 is read with its mark or without, and anything else is refused in words', async () => {
  const scene = await FolderScene.open()
  const text = JSON.stringify({ ...order, language: 'en' })
  expect((await scene.ask('1', `\uFEFF${text}\r\n`)).ok).toBe(true)
  const refused = async (name: string, content: string | Buffer) =>
    (await scene.ask(name, content)).problem?.code
  expect(await refused('2', Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe('not-utf8')
  expect(await refused('3', Buffer.from(text, 'utf16le'))).toBe('not-utf8')
  // 收 in GBK. (小 is Cyrillic in UTF-8, and nobody can tell.)
  const gbk = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xca, 0xd5]), Buffer.from('"}')])
  expect(await refused('4', gbk)).toBe('not-utf8')
  expect(await refused('5', '')).toBe('invalid-request')
  expect(await refused('6', 'x'.repeat(70_000))).toBe('too-large')
  expect(await refused('7', JSON.stringify({ ...order, pay: 1 }))).toBe('invalid-request')
  expect(await refused('收 银', text)).toBe('wrong-file-name')
  const pay = JSON.stringify({ ...redeem, code: '134567890123456789' })
  expect(await refused('8', pay)).toBe('payment-code')
  expect(scene.till.scripted.faults).toEqual([])
})

describe.runIf(process.platform === 'linux')('hostile files', () => {
  test('links, pipes and folders are not opened, and nothing waits for them', async () => {
    const scene = await FolderScene.open()
    const outside = path.join(path.dirname(scene.folder), 'secret')
    writeFileSync(outside, JSON.stringify({ do: 'status' }))
    symlinkSync(outside, scene.at('1.req'))
    execFileSync('mkfifo', [scene.at('2.req')])
    mkdirSync(scene.at('3.req'))
    for (const name of ['1', '2', '3'])
      expect((await scene.answer(name)).problem?.code).toBe('not-a-file')
    // Where a link lies in the answer's place, it is replaced, and what it leads to stays.
    symlinkSync(outside, scene.at('4.ans'))
    scene.leave('4', { do: 'status' })
    await expect.poll(() => existsSync(scene.at('4.req'))).toBe(false)
    expect(readFileSync(outside, 'utf8')).toBe(JSON.stringify({ do: 'status' }))
    expect((await scene.answer('4')).ok).toBe(true)
    expect(existsSync(scene.at('1.req'))).toBe(false)
    // What cannot be removed is answered once.
    expect(readdirSync(scene.folder)).toContain('3.req')
  })

  test('a folder into which everybody can write is not watched', async () => {
    const scene = await FolderScene.open()
    await scene.ask('1', { do: 'status' })
    chmodSync(scene.folder, 0o777)
    await expect.poll(() => scene.till.link.read().folder).toBe('open-to-all')
    await scene.till.set({ folder: path.join(scene.folder, 'none') })
    await expect.poll(() => scene.till.link.read().folder).toBe('not-there')
    await scene.till.set({ folder: String.raw`\\server\share` })
    await expect.poll(() => scene.till.link.read().folder).toBe('on-network')
    await scene.till.set({ folder: 'pos' })
    await expect.poll(() => scene.till.link.read().folder).toBe('not-absolute')
  })
})

test('switched off it watches nothing and may ask no more; paired programs keep their place', async () => {
  const scene = await FolderScene.open()
  await scene.ask('1', { do: 'status' })
  await scene.till.set({ folder: null, isOn: true })
  const token = await scene.till.pair()
  scene.leave('2', { do: 'status' })
  expect(scene.till.link.read()).toMatchObject({ folder: 'off', clients: [{ name: 'POS' }] })
  await scene.till.set({ folder: scene.folder })
  expect((await scene.answer('2')).ok).toBe(true)
  expect((await scene.till.ask(token, 'GET', '/v1/status')).status).toBe(200)
  expect(scene.till.link.read().clients).toHaveLength(2)
})

test('answers that nobody fetches are deleted, and nothing else', async () => {
  const scene = await FolderScene.open()
  const left = `${crypto.randomUUID()}.tmp`
  await scene.till.set({ folder: null })
  const old = (Date.now() - answersKeptMs - 60_000) / 1000
  for (const name of ['old.ans', left, 'their.tmp', 'old.txt']) {
    writeFileSync(scene.at(name), '')
    utimesSync(scene.at(name), old, old)
  }
  writeFileSync(scene.at('new.ans'), '')
  await scene.till.set({ folder: scene.folder })
  await scene.ask('1', { do: 'status' })
  expect(readdirSync(scene.folder).toSorted()).toEqual(['1.ans', 'new.ans', 'old.txt', 'their.tmp'])
})

test('answers that pile up keep no request from being read', async () => {
  const scene = await FolderScene.open()
  for (let number = 0; number < 6000; number += 1) writeFileSync(scene.at(`n${number}.ans`), '')
  expect((await scene.ask('1', { do: 'status' })).ok).toBe(true)
})
