import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { CommandReply } from '../../../main/pos/command-schemas.ts'
import { freePort } from '../../support/free-port.ts'
import { LinkedTill } from '../../support/linked-till.ts'
import { runPosCommand } from '../../support/pos-command.ts'
import { codeOf } from '../../support/scripted-till.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

/** Its own problems have codes that the till has not. */
const Said = CommandReply.extend({
  problem: z.object({ code: z.string(), title: z.string() }).optional(),
})
type Said = z.infer<typeof Said>

interface Scene {
  readonly till: LinkedTill
  readonly file: string
  readonly run: (
    words: readonly string[],
    input?: string | Buffer,
  ) => Promise<Said & { text: string }>
}

/** A till, and the console program of an account that is paired with it. */
async function scene(): Promise<Scene> {
  const folder = temporaryFolder()
  const till = await LinkedTill.open()
  onTestFinished(async () => {
    await till.close()
    folder.remove()
  })
  const file = path.join(folder.path, 'token')
  const run = async (words: readonly string[], input: string | Buffer = '') => {
    const { exitCode, text } = await runPosCommand(words, { file, input })
    const said = Said.parse(JSON.parse(text))
    expect(said.exitCode).toBe(exitCode)
    expect(text.endsWith('}\n')).toBe(true)
    return { ...said, text }
  }
  const code = till.link.offer().pairing?.code ?? ''
  const port = String(till.port)
  const paired = await run(['pair', '--code', code, '--name', '收银台 "1"', '--port', port])
  expect(JSON.parse(paired.text)).toEqual({ ok: true, exitCode: 0, name: '收银台 "1"' })
  return { till, file, run }
}

describe.runIf(process.platform === 'linux')('hexiao-till pos', () => {
  test('pairs, and keeps the token for its account alone', async () => {
    const { till, file, run } = await scene()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(till.link.read().clients.map(({ name }) => name)).toEqual(['收银台 "1"'])
    expect(await run(['status'])).toMatchObject({ ok: true, status: { tillId: 'T1' } })
    const words = ['pair', '--code', '000000', '--name', 'x', '--port', String(till.port)]
    expect(await run(words)).toMatchObject({ exitCode: 1, problem: { code: 'wrong-code' } })
    // The one before is still good.
    expect((await run(['status'])).ok).toBe(true)
  })

  test('sells with a coupon, reads the order, gives the coupon back and ends the order', async () => {
    const { till, run } = await scene()
    const order = ['--order', 'A1']
    await run([
      'order',
      ...order,
      '--total',
      '6800',
      '--out-trade-no',
      'POS-A1',
      '--cashier',
      '小陈',
    ])
    const sold = await run(['redeem', ...order, '--code', codeOf(1)])
    expect(sold).toMatchObject({ exitCode: 0, coupon: { instruction: 'give', deductFen: 1000 } })
    expect(till.scripted.sent[0]).toContain('"out_trade_no":"POS-A1"')
    const again = await run(['redeem', ...order, '--code', codeOf(1)])
    expect(again).toMatchObject({ exitCode: 12, order: { deductFen: 1000 } })
    const no = sold.coupon?.no ?? ''
    expect(await run(['return', ...order, '--no', no])).toMatchObject({ ok: true, exitCode: 0 })
    const read = await run(['read', ...order])
    expect(read.order).toMatchObject({ deductFen: 0, payFen: 6800 })
    expect((await run(['end', ...order])).order?.isEnded).toBe(true)
    expect(till.scripted.faults).toEqual([])
  })

  test('started twice with one key, it has the first result, also after the till was started again', async () => {
    const { till, run } = await scene()
    await run(['order', '--order', 'A1', '--total', '6800'])
    const words = ['redeem', '--order', 'A1', '--code', codeOf(1), '--key', 'A1-1']
    const both = await Promise.all([run(words), run(words)])
    till.scripted.restart({ offForMs: 0 })
    const all = [...both, await run(words)]
    expect(new Set(all.map(({ text }) => text)).size).toBe(1)
    expect(all[0]).toMatchObject({ exitCode: 0, coupon: { deductFen: 1000 } })
    expect(till.scripted.sent).toHaveLength(1)
    const other = await run([...words.slice(0, -3), codeOf(2), '--key', 'A1-1'])
    expect(other).toMatchObject({ exitCode: 1, problem: { code: 'key-reused' } })
  })

  test('a practice coupon has an exit code of its own', async () => {
    const { till, run } = await scene()
    till.mode = 'training'
    await run(['order', '--order', 'A1', '--total', '6800'])
    expect((await run(['redeem', '--order', 'A1', '--code', codeOf(1)])).exitCode).toBe(13)
  })

  test('what it prints is ASCII, in the language asked for, unless UTF-8 is wanted', async () => {
    const { file, run } = await scene()
    const chinese = await run(['read', '--order', 'A1'])
    expect(chinese).toMatchObject({ exitCode: 1, problem: { title: '没有这个订单' } })
    expect(chinese.text).toMatch(/^[\x20-\x7e]+\n$/)
    const english = await run(['read', '--order', 'A1', '--language', 'en'])
    expect(english.problem?.title).toBe('There is no such order')
    const utf8 = await runPosCommand(['read', '--order', 'A1', '--utf8'], { file })
    expect(utf8.text).toContain('没有这个订单')
  })

  test('takes JSON from standard input in UTF-8, and refuses what is none', async () => {
    const { run } = await scene()
    const order = { do: 'order', orderId: 'A1', totalFen: 6800, cashier: '小陈 😀' }
    const marked = `\uFEFF${JSON.stringify(order)}\r\n`
    expect(await run(['json'], marked)).toMatchObject({ ok: true, order: { payFen: 6800 } })
    const refused = async (input: string | Buffer) => (await run(['json'], input)).problem?.code
    // 收银 in GBK.
    expect(await refused(Buffer.from([0x7b, 0xca, 0xd5, 0xd2, 0xf8, 0x7d]))).toBe('not-utf8')
    expect(await refused(Buffer.from(`\uFEFF${JSON.stringify(order)}`, 'utf16le'))).toBe('not-utf8')
    expect(await refused('')).toBe('usage')
    expect(await refused('{')).toBe('invalid-request')
    expect(await refused(JSON.stringify({ ...order, pay: true }))).toBe('invalid-request')
    expect(await refused('x'.repeat(70_000))).toBe('usage')
    expect(
      await run(['json'], `{"do":"redeem","orderId":"A1","code":"134567890123456789"}`),
    ).toMatchObject({ exitCode: 1, problem: { code: 'payment-code' } })
  })

  test('refuses a command that it does not know, and a token that others can read', async () => {
    const { file, run } = await scene()
    for (const words of [
      [],
      ['sell'],
      ['order', '--total', '1.5'],
      ['order', '--total'],
      ['status', 'x'],
    ])
      expect((await run(words)).exitCode).toBe(2)
    writeFileSync(file, `1 ${'t'.repeat(43)}\n`)
    expect((await run(['status'])).exitCode).toBe(3)
    const others = path.join(path.dirname(file), 'others')
    writeFileSync(others, `1 ${'t'.repeat(43)}\n`, { mode: 0o644 })
    const said = await runPosCommand(['status'], { file: others })
    expect(JSON.parse(said.text)).toMatchObject({ exitCode: 4, problem: { code: 'token-file' } })
  })

  test('says that the till is not there, or that its reply was cut off', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder.path, 'token')
    const replies = [
      '',
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok":true,"exitCode":0}',
    ]
    const server = createServer((socket) =>
      socket.once('data', () => socket.end(replies.shift() ?? '')),
    )
    const port = await freePort()
    onTestFinished(() => {
      server.close()
      folder.remove()
    })
    const run = () =>
      runPosCommand(['status', '--port', String(port), '--language', 'en'], {
        file,
        env: { HEXIAO_TILL_POS_TOKEN: 't'.repeat(43) },
      })
    const noTill = await run()
    expect(noTill.exitCode).toBe(3)
    expect(noTill.text).toContain('"code":"no-till"')
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    for (let left = replies.length; left > 0; left -= 1) {
      const cut = await run()
      expect(cut.exitCode).toBe(3)
      expect(cut.text).toContain('"code":"no-reply"')
    }
  })

  test('watches: one line for each event', async () => {
    const { till, file, run } = await scene()
    const listening = Promise.withResolvers<void>()
    const watching = runPosCommand(['watch'], { file, onPrinted: listening.resolve })
    await listening.promise
    await run(['order', '--order', 'A1', '--total', '6800'])
    await till.scripted.scan(1)
    await run(['read', '--order', 'A1'])
    till.link.revoke(till.link.read().clients[0]?.id ?? '')
    const { text, exitCode } = await watching
    expect(exitCode).toBe(3)
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.some(({ event, value }) => event === 'order' && value.deductFen === 1000)).toBe(
      true,
    )
    expect(lines.some(({ event }) => event === 'status')).toBe(true)
  })
})
