import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import type { Result } from '../contract/result.ts'
import type { StoredResponse } from '../redemption/pos-store.ts'
import { languageOf } from './language-of.ts'
import { problemOf } from './problem.ts'
import type { ProblemCode } from './problem-codes.ts'
import { readBody } from './read-body.ts'

/** A request is some two hundred bytes, and an order with all its items some kilobytes. */
const mostBytes = 64 * 1024

/** Returns the reply that says a problem, in the language asked for. */
export function problem(c: Context, code: ProblemCode, fields: readonly string[] = []): Response {
  const document = problemOf(code, languageOf(c.req.header('accept-language')), fields)
  return answer(c, {
    status: document.status,
    contentType: 'application/problem+json',
    body: JSON.stringify(document),
  })
}

export function answer(c: Context, { status, contentType, body }: StoredResponse): Response {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the statuses are those of problems and routes
  const code = status as ContentfulStatusCode
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  if (status === 429 || status === 503) c.header('Retry-After', '1')
  return c.body(body, code, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
}

/** Returns what a request is answered with: the value, or its problem. */
export function reply<T>(c: Context, result: Result<T, ProblemCode>): Response {
  return result.ok
    ? answer(c, {
        status: 200,
        contentType: 'application/json',
        body: JSON.stringify(result.value),
      })
    : problem(c, result.error)
}

/** Reads the body by its schema; a problem where it does not fit. No body stands for an empty one. */
export async function bodyOf<T>(
  c: Context,
  schema: z.ZodType<T>,
): Promise<{ readonly text: string; readonly value: T } | Response> {
  const body = await readBody(c.req.raw, mostBytes)
  if (!body.ok) return problem(c, body.error)
  const text = body.value
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (text !== '' && type !== 'application/json') return problem(c, 'not-json')
  const json = parsed(text === '' ? '{}' : text)
  if (json === undefined) return problem(c, 'invalid-request')
  const read = schema.safeParse(json)
  if (read.success) return { text, value: read.data }
  const fields = read.error.issues.map(({ path }) => path.map(String).join('.'))
  return problem(c, 'invalid-request', [...new Set(fields)])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
