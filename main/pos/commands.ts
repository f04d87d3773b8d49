import type { Hono } from 'hono'
import { randomUUID } from 'node:crypto'
import type { Language } from '../contract/language.ts'
import { type Command, type CommandReply, exitCodes } from './command-schemas.ts'
import type { ProblemCode } from './problem-codes.ts'
import { type Coupon, CouponInOrder, Order, Problem, Status } from './schemas.ts'

interface Sender {
  readonly token: string
  readonly language: Language
  readonly port: number
}

/** Carries a command out as the request that it stands for, by the same schemas, keys and limits. */
export async function carryOut(
  app: Pick<Hono, 'request'>,
  command: Command,
  { token, language, port }: Sender,
): Promise<CommandReply> {
  const { method, path, body } = requestOf(command)
  const key = 'key' in command ? command.key : undefined
  const response = await app.request(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      host: `127.0.0.1:${port}`,
      authorization: `Bearer ${token}`,
      'accept-language': command.language ?? language,
      ...(method === 'POST' && { 'idempotency-key': key ?? randomUUID() }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const json: unknown = await response.json()
  if (response.status === 200) return told(command, json)
  return failed(Problem.parse(json))
}

export function failed(problem: Problem): CommandReply {
  return { ok: false, exitCode: exitOf(problem.code), problem }
}

interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: object
}

function requestOf(command: Command): Asked {
  if (command.do === 'status') return { method: 'GET', path: '/v1/status' }
  if (command.do === 'order') {
    const { do: _do, key: _key, language: _language, ...body } = command
    return { method: 'POST', path: '/v1/orders', body }
  }
  const order = `/v1/orders/${command.orderId}`
  if (command.do === 'read') return { method: 'GET', path: order }
  if (command.do === 'end') return { method: 'DELETE', path: order }
  if (command.do === 'return')
    return { method: 'POST', path: `${order}/coupons/${command.no}/return`, body: {} }
  const { code, offered } = command
  const body = { ...(code !== undefined && { code }), ...(offered !== undefined && { offered }) }
  return { method: 'POST', path: `${order}/coupons`, body }
}

function told(command: Command, json: unknown): CommandReply {
  if (command.do === 'status')
    return { ok: true, exitCode: exitCodes.done, status: Status.parse(json) }
  if (command.do === 'redeem' || command.do === 'return') {
    const { coupon, order } = CouponInOrder.parse(json)
    const exitCode = command.do === 'return' ? exitCodes.done : exitOfCoupon(coupon, order)
    return { ok: true, exitCode, coupon, order }
  }
  return { ok: true, exitCode: exitCodes.done, order: Order.parse(json) }
}

function exitOfCoupon({ instruction, deductFen }: Coupon, { mode }: Order): number {
  if (instruction !== 'give') return exitCodes[instruction]
  // Somebody who looks at nothing but the exit code must not take a practice coupon off a real sale.
  if (mode === 'training') return exitCodes.practice
  return deductFen === null ? exitCodes['sum-unknown'] : exitCodes.done
}

/** Whether the request is to be repeated, to be changed, or is refused. */
function exitOf(code: ProblemCode): number {
  switch (code) {
    case 'not-paired':
      return exitCodes['not-paired']
    case 'invalid-request':
    case 'key-missing':
    case 'too-large':
    case 'not-json':
    case 'not-a-file':
    case 'not-utf8':
    case 'wrong-file-name':
      return exitCodes['not-understood']
    case 'too-many':
    case 'internal':
    case 'till-closed':
    case 'not-saved':
      return exitCodes['no-reply']
    default:
      return exitCodes.refused
  }
}
