import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { z } from 'zod'
import { type Command, CommandReply } from '../../main/pos/command-schemas.ts'
import { CouponInOrder, Order } from '../../main/pos/schemas.ts'
import { runPosCommand } from './pos-command.ts'

/** Nobody listens, or the reply was cut off. */
export class NoReply extends Error {}

export interface Opened {
  readonly orderId: string
  readonly totalFen: number
  readonly outTradeNo: string
}

/** A way by which a POS asks a till. Each rejects with `NoReply` where it does not know what happened. */
export interface PosLine {
  order(order: Opened, key: string): Promise<Order>
  redeem(orderId: string, code: string, key: string): Promise<CouponInOrder>
  read(orderId: string): Promise<Order>
  end(orderId: string): Promise<Order>
  /** The POS ends in the middle: what is under way is lost with it. */
  crash(): void
}

/** Over HTTP. */
export class HttpLine implements PosLine {
  readonly #origin: string
  readonly #token: string
  #stopped = new AbortController()

  constructor(port: number, token: string) {
    this.#origin = `http://127.0.0.1:${port}`
    this.#token = token
  }

  order(order: Opened, key: string): Promise<Order> {
    return this.#ask(Order, 'POST', '/v1/orders', order, key)
  }

  redeem(orderId: string, code: string, key: string): Promise<CouponInOrder> {
    return this.#ask(CouponInOrder, 'POST', `/v1/orders/${orderId}/coupons`, { code }, key)
  }

  read(orderId: string): Promise<Order> {
    return this.#ask(Order, 'GET', `/v1/orders/${orderId}`)
  }

  end(orderId: string): Promise<Order> {
    return this.#ask(Order, 'DELETE', `/v1/orders/${orderId}`)
  }

  crash(): void {
    this.#stopped.abort()
    this.#stopped = new AbortController()
  }

  async #ask<T>(
    schema: z.ZodType<T>,
    method: string,
    address: string,
    body?: object,
    key?: string,
  ): Promise<T> {
    const { signal } = this.#stopped
    const headers = {
      authorization: `Bearer ${this.#token}`,
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    }
    const init = { method, headers, signal, ...(body && { body: JSON.stringify(body) }) }
    const said = await fetch(`${this.#origin}${address}`, init).then(
      async (response) => ({ status: response.status, text: await response.text() }),
      (cause: unknown) => {
        throw new NoReply('no reply', { cause })
      },
    )
    if (said.status === 429 || said.status === 503) throw new NoReply(said.text)
    if (said.status !== 200) throw new Error(`${method} ${address}: ${said.status} ${said.text}`)
    return schema.parse(JSON.parse(said.text))
  }
}

/** By one JSON object for each request. */
abstract class CommandsLine implements PosLine {
  abstract crash(): void
  /** Returns the line that came back. */
  protected abstract send(command: Command): Promise<string>

  async order(order: Opened, key: string): Promise<Order> {
    return Order.parse((await this.#ask({ do: 'order', ...order, key })).order)
  }

  async redeem(orderId: string, code: string, key: string): Promise<CouponInOrder> {
    return CouponInOrder.parse(await this.#ask({ do: 'redeem', orderId, code, key }))
  }

  async read(orderId: string): Promise<Order> {
    return Order.parse((await this.#ask({ do: 'read', orderId })).order)
  }

  async end(orderId: string): Promise<Order> {
    return Order.parse((await this.#ask({ do: 'end', orderId })).order)
  }

  async #ask(command: Command): Promise<CommandReply> {
    const text = await this.send(command)
    if (text.startsWith('{"ok":false,"exitCode":3,') || text === '') throw new NoReply(text)
    const reply = CommandReply.parse(JSON.parse(text))
    if (!reply.ok) throw new Error(`${JSON.stringify(command)}: ${text}`)
    return reply
  }
}

/** By `hexiao-till pos`, which is killed when the POS ends. */
export class ProgramLine extends CommandsLine {
  readonly #file: string
  #stopped = new AbortController()

  constructor(port: number, token: string, file: string) {
    super()
    this.#file = file
    writeFileSync(file, `${port} ${token}\n`, { mode: 0o600 })
  }

  crash(): void {
    this.#stopped.abort()
    this.#stopped = new AbortController()
  }

  protected async send(command: Command): Promise<string> {
    const { signal } = this.#stopped
    const running = { file: this.#file, input: JSON.stringify(command), signal }
    try {
      return (await runPosCommand(['json'], running)).text
    } catch (cause) {
      throw new NoReply('killed', { cause })
    }
  }
}

/** By files. What the POS has left in the folder stays there when it ends. */
export class FolderLine extends CommandsLine {
  readonly #folder: string
  #lives = 0
  #reads = 0

  constructor(folder: string) {
    super()
    this.#folder = folder
  }

  crash(): void {
    this.#lives += 1
  }

  protected async send(command: Command): Promise<string> {
    const life = this.#lives
    const key = 'key' in command ? command.key : undefined
    const name = key ?? `${command.do}-${(this.#reads += 1)}`
    const [request, answer] = ['req', 'ans'].map((end) => path.join(this.#folder, `${name}.${end}`))
    if (request === undefined || answer === undefined) throw new Error(name)
    if (!existsSync(request) && !existsSync(answer)) {
      writeFileSync(`${request}.tmp`, JSON.stringify(command))
      renameSync(`${request}.tmp`, request)
    }
    for (let waits = 0; waits < 2000; waits += 1) {
      if (life !== this.#lives) throw new NoReply('the POS has ended')
      if (existsSync(answer)) {
        const text = readFileSync(answer, 'utf8').trim()
        rmSync(answer)
        return text
      }
      await setTimeout(10)
    }
    throw new NoReply('no answer')
  }
}
