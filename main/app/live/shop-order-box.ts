import { rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { parseJson } from '../../contract/json.ts'
import { err, type Result } from '../../contract/result.ts'
import { readFileIfThere, writePrivateFile } from '../../credentials/private-file.ts'
import { createSealing } from '../../store/sealing.ts'
import { ShopOrder, ShopOrderFault, ShopOutcome } from './shop-order.ts'

/** How an order comes from `hexiao-till provision` to the till that is open, which alone may write its records. */
export interface ShopOrderBox {
  /** Leaves an order for the till, has it told, and waits for its reply. The order is gone afterwards in any case. */
  ask(order: ShopOrder, tell: () => void): Promise<Result<ShopOutcome, ShopOrderFault>>
  /** Takes the order that lies there, carries it out, and leaves the reply. Nothing happens where none does. */
  serve(carryOut: (order: ShopOrder) => Promise<Result<ShopOutcome, ShopOrderFault>>): Promise<void>
}

interface BoxParts {
  /** The till's folder, which is closed to other accounts. */
  readonly folder: string
  /** Both are sealed with it: an order holds PINs, and nobody without the keychain can give one. */
  readonly dataKey: Uint8Array
  readonly clock: () => number
  /** Milliseconds that a till has for its reply. */
  readonly patienceMs?: number
}

const Message = z.strictObject({ id: z.uuid(), at: z.int(), order: ShopOrder })
const Reply = z.strictObject({
  id: z.uuid(),
  reply: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: ShopOutcome }),
    z.object({ ok: z.literal(false), error: ShopOrderFault }),
  ]),
})
type Reply = z.infer<typeof Reply>

/** An order that somebody kept is not carried out later. */
const oldestMs = 120_000
const lookMs = 50

export function openShopOrderBox({
  folder,
  dataKey,
  clock,
  patienceMs = 60_000,
}: BoxParts): ShopOrderBox {
  const sealing = createSealing(dataKey)
  const orderFile = path.join(folder, 'shop-order.bin')
  const replyFile = path.join(folder, 'shop-reply.bin')

  function leave(file: string, content: unknown): void {
    const plain = Buffer.from(JSON.stringify(content))
    writePrivateFile(file, sealing.seal(path.basename(file), plain))
  }

  /** Returns what lies there and removes it; `null` where there is nothing, or nothing that was sealed here. */
  function take(file: string): unknown {
    const sealed = readFileIfThere(file)
    if (sealed === null) return null
    rmSync(file, { force: true })
    try {
      return parseJson(sealing.open(path.basename(file), sealed).toString('utf8'))
    } catch {
      // Not sealed with this till's key.
      return null
    }
  }

  async function replyTo(id: string): Promise<Reply['reply'] | null> {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookMs) {
      const reply = Reply.safeParse(take(replyFile))
      if (reply.success && reply.data.id === id) return reply.data.reply
      await setTimeout(lookMs)
    }
    return null
  }

  return {
    async ask(order, tell) {
      const id = randomUUID()
      rmSync(replyFile, { force: true })
      leave(orderFile, { id, at: clock(), order })
      try {
        tell()
        return (await replyTo(id)) ?? err({ code: 'till-silent', detail: '' })
      } finally {
        rmSync(orderFile, { force: true })
      }
    },
    async serve(carryOut) {
      const message = Message.safeParse(take(orderFile))
      if (!message.success) return
      const { id, at, order } = message.data
      if (Math.abs(clock() - at) > oldestMs) return
      leave(replyFile, { id, reply: await carryOut(order) })
    },
  }
}
