import path from 'node:path'
import { stringify } from 'yaml'
import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import type { Language } from '../../main/contract/language.ts'
import { problemOf } from '../../main/pos/problem.ts'
import { type ProblemCode, problems } from '../../main/pos/problem-codes.ts'
import { type Route, routes } from '../../main/pos/routes.ts'
import {
  type Coupon,
  CouponNo,
  type CouponInOrder,
  type Order,
  OrderId,
  type Paired,
  Problem,
  type Status,
} from '../../main/pos/schemas.ts'
import { wordsHere } from '../../main/words-here.ts'

export const documentFile = path.join(import.meta.dirname, '../../docs/pos/openapi.yaml')

const languages = { 'zh-CN': '中文', en: 'English' } as const satisfies Record<Language, string>
/** What any request may meet. */
const always: readonly ProblemCode[] = [
  'origin-not-allowed',
  'wrong-host',
  'too-many',
  'internal',
  'till-closed',
]
const whenPaired: readonly ProblemCode[] = ['not-paired']
const withBody: readonly ProblemCode[] = ['invalid-request', 'too-large', 'not-json']
const whenKeyed: readonly ProblemCode[] = [
  'key-missing',
  'key-reused',
  'key-unreadable',
  'not-saved',
]
const ofDelete: readonly ProblemCode[] = ['key-unreadable', 'not-saved']

/** Returns docs/pos/openapi.yaml as it follows from the schemas by which the link to a POS checks its requests. */
export function posDocument(): string {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const [name, route] of Object.entries(routes))
    (paths[route.path] ??= {})[route.method] = operationOf(name, route)
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Hexiao Till: link to a POS',
        version: '1.0.0',
        description:
          'A till on the same computer redeems WeChat Pay merchant coupons; this is how the POS hears the verdict. Each POST but the pairing carries an ' +
          '`Idempotency-Key`: repeated with the same body it has the first result and no second effect, also after a restart of either side, for 30 ' +
          'days. Words are in the language of `Accept-Language`, zh-CN or en. How to begin: README.md beside this file.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [
        {
          url: 'http://127.0.0.1:{port}',
          description: 'This computer alone; also at [::1].',
          variables: { port: { default: '9740', description: 'As in the settings of the till.' } },
        },
      ],
      security: [{ token: [] }],
      paths,
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    { outputIdSuffix: '' },
  )
  return stringify(document, { lineWidth: 120, aliasDuplicateObjects: false })
}

function operationOf(name: string, route: Route): ZodOpenApiOperationObject {
  const { path: address, body, isKeyed, isOpen } = route
  const parts = { orderId: OrderId, no: CouponNo }
  const inPath = Object.entries(parts).filter(([each]) => address.includes(`{${each}}`))
  return {
    operationId: name,
    summary: route.summary,
    description: route.description,
    ...(isOpen && { security: [] }),
    requestParams: {
      ...(inPath.length > 0 && { path: z.object(Object.fromEntries(inPath)) }),
      header: z.object({
        ...(isKeyed && {
          'Idempotency-Key': z
            .string()
            .regex(/^[\x21-\x7e]{1,128}$/)
            .describe(
              'New for each request, such as a UUID, and the same when the request is repeated.',
            ),
        }),
        'Accept-Language': z.string().optional().describe('`zh-CN` (first) or `en`.'),
      }),
    },
    ...(body !== null && {
      // A body that may be empty may be left out.
      requestBody: {
        required: !body.safeParse({}).success,
        content: { 'application/json': { schema: body } },
      },
    }),
    responses: { '200': replyOf(name, route), ...problemsOf(route) },
  }
}

function replyOf(name: string, { reply }: Route): ZodOpenApiResponsesObject['200'] {
  if (reply === null)
    return {
      description: 'A stream that does not end.',
      content: { 'text/event-stream': { schema: z.string().meta({ id: 'Events' }) } },
    }
  const example = examples[name]
  return {
    description: 'Done.',
    content: {
      'application/json': {
        schema: reply,
        ...(example !== undefined && { examples: inBoth(example) }),
      },
    },
  }
}

function problemsOf({
  problems: own,
  isOpen,
  isKeyed,
  body,
  method,
}: Route): ZodOpenApiResponsesObject {
  const codes = [
    ...own,
    ...always,
    ...(isOpen ? [] : whenPaired),
    ...(body === null ? [] : withBody),
    ...(isKeyed ? whenKeyed : []),
    ...(method === 'delete' ? ofDelete : []),
  ]
  const byStatus = Map.groupBy(new Set(codes), (code) => String(problems[code]))
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([status, of]) => [
        status,
        {
          description: of.map((code) => `\`${code}\`: ${problemOf(code, 'en').title}.`).join(' '),
          content: {
            'application/problem+json': {
              schema: Problem,
              examples: Object.fromEntries(
                of.flatMap((code) =>
                  Object.entries(inBoth((language) => problemOf(code, language), code)),
                ),
              ),
            },
          },
        },
      ]),
  )
}

function inBoth(
  example: (language: Language) => unknown,
  name = '',
): Record<string, { summary: string; value: unknown }> {
  return Object.fromEntries(
    Object.entries(languages).map(([language, summary]) => [
      name === '' ? language : `${name}.${language}`,
      { summary, value: example(language === 'en' ? 'en' : 'zh-CN') },
    ]),
  )
}

const couponExample = (language: Language): Coupon => {
  const { title, action } = wordsHere(language).reasons.redeemed.cashier
  return {
    no: 'T01-20261126104512-7K2M9QXA',
    codeTail: '0042',
    batch: { id: '1200000000000101', name: '满50减10' },
    instruction: 'give',
    deductFen: 1000,
    state: 'redeemed',
    reason: 'redeemed',
    title,
    advice: action,
    isFinal: true,
    recordedAt: 1_795_661_112_000,
  }
}
const orderExample = (language: Language): Order => ({
  orderId: '20261126-0042',
  mode: 'live',
  totalFen: 6800,
  coupons: [couponExample(language)],
  deductFen: 1000,
  payFen: 5800,
  isEnded: false,
  isAtCounter: true,
  offered: [],
})
const inOrderExample = (language: Language): CouponInOrder => ({
  coupon: couponExample(language),
  order: orderExample(language),
})

const examples: Partial<Record<string, (language: Language) => unknown>> = {
  pair: () => ({ token: 'Jb0…', name: '收银台 1' }) satisfies z.infer<typeof Paired>,
  openOrder: (language: Language): Order => ({
    ...orderExample(language),
    coupons: [],
    deductFen: 0,
    payFen: 6800,
  }),
  readOrder: orderExample,
  endOrder: (language: Language): Order => ({
    ...orderExample(language),
    isEnded: true,
    isAtCounter: false,
  }),
  addCoupon: inOrderExample,
  status: (): Status => ({
    mode: 'live',
    tillId: 'T01',
    connection: 'online',
    waiting: 0,
    review: 0,
    orderId: '20261126-0042',
    pos: '收银台 1',
  }),
}
