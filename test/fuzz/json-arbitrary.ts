import * as fc from 'fast-check'
import { z } from 'zod'

/** The part of JSON Schema that `z.toJSONSchema` writes for the requests and files of this program. */
const Schema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(Schema).optional(),
    oneOf: z.array(Schema).optional(),
    properties: z.record(z.string(), Schema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), Schema]).optional(),
    propertyNames: Schema.optional(),
    items: Schema.optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    pattern: z.string().optional(),
    minimum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
)
interface JsonSchema {
  readonly type?: string | readonly string[] | undefined
  readonly const?: unknown
  readonly enum?: readonly unknown[] | undefined
  readonly anyOf?: readonly JsonSchema[] | undefined
  readonly oneOf?: readonly JsonSchema[] | undefined
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined
  readonly required?: readonly string[] | undefined
  readonly additionalProperties?: boolean | JsonSchema | undefined
  readonly propertyNames?: JsonSchema | undefined
  readonly items?: JsonSchema | undefined
  readonly minItems?: number | undefined
  readonly maxItems?: number | undefined
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly pattern?: string | undefined
  readonly minimum?: number | undefined
  readonly exclusiveMinimum?: number | undefined
  readonly maximum?: number | undefined
}

/** Lists and texts that no schema bounds get no longer than this. */
const usualMost = 40

/** Returns values that mostly fit the schema: each part is, once in a while, something else altogether. */
export function shapedAfter(schema: z.ZodType): fc.Arbitrary<unknown> {
  const written: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return valuesOf(Schema.parse(written))
}

function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: fitting(schema), weight: 30 }, { arbitrary: strange, weight: 1 })
}

function fitting(schema: JsonSchema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(valuesOf))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  const { type } = schema
  if (Array.isArray(type))
    return fc.oneof(...type.map((one: string) => valuesOf({ ...schema, type: one })))
  switch (type) {
    case 'object':
      return objects(schema)
    case 'array':
      return fc.array(schema.items ? valuesOf(schema.items) : strange, {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? usualMost, usualMost),
      })
    case 'string':
      return texts(schema)
    case 'integer':
      return fc.integer(rangeOf(schema))
    case 'number':
      return fc.double({ ...rangeOf(schema), noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return strange
  }
}

function objects(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { properties, required, additionalProperties, propertyNames } = schema
  if (properties === undefined) {
    const names = propertyNames ? texts(propertyNames) : fc.string()
    const values =
      typeof additionalProperties === 'object' ? valuesOf(additionalProperties) : strange
    return fc.dictionary(names, values, { maxKeys: 5 })
  }
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, valuesOf(value)]),
  )
  const known = fc.record<Record<string, unknown>>(model, {
    requiredKeys: Object.keys(model).filter((name) => required?.includes(name) === true),
  })
  const more = fc.dictionary(fc.oneof(fc.string(), hostileNames), strange, { maxKeys: 2 })
  return fc.oneof(
    { arbitrary: known, weight: 30 },
    { arbitrary: fc.tuple(known, more).map(([a, b]) => ({ ...a, ...b })), weight: 1 },
  )
}

const hostileNames = fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'needs', '')

function texts({
  pattern,
  minLength = 0,
  maxLength = usualMost,
}: JsonSchema): fc.Arbitrary<string> {
  const bounds = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, usualMost * 4)) }
  const any = fc.string({ ...bounds, unit: 'grapheme' })
  if (pattern === undefined) return any
  return fc.oneof({ arbitrary: fc.stringMatching(new RegExp(pattern)), weight: 9 }, any)
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: JsonSchema): { min: number; max: number } {
  const min = minimum ?? (exclusiveMinimum === undefined ? -(2 ** 31) : exclusiveMinimum + 1)
  return { min, max: Math.max(min, Math.min(maximum ?? 2 ** 31 - 1, 2 ** 31 - 1)) }
}

const circular: { self?: unknown } = {}
circular.self = circular

/** What a page that was taken over could send: everything that is copied between processes. */
const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
  }),
  fc.constantFrom(undefined, null, NaN, Infinity, -0, '', '\0', '\ud800', [], {}, circular),
  fc.string({ minLength: 5000, maxLength: 20_000 }),
  fc.constantFrom(new ArrayBuffer(1_000_000), new Uint8Array(100_000), /(a+)+$/, new Error('x')),
)

/** Any one value, whatever it was asked for. */
export { strange as anyValue }
