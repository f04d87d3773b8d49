import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { documentFile, posDocument } from '../../support/pos-document.ts'
import { languageOf } from '../../../main/pos/language-of.ts'
import { problemCodes } from '../../../main/pos/problem-codes.ts'
import { routes } from '../../../main/pos/routes.ts'

// After a change that is meant: npx vitest run --project unit unit/pos -u
test('the document is made of the schemas that the server checks by', async () => {
  await expect(posDocument()).toMatchFileSnapshot(documentFile)
})

test('the document is OpenAPI 3.1, as a program says that was not written here', async () => {
  const validator = new Validator()
  const result = await validator.validate(parse(posDocument()))
  expect(result).toMatchObject({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('every route is in the document, and every problem has its words in both languages', () => {
  const text = posDocument()
  for (const { path } of Object.values(routes)) expect(text).toContain(`\n  ${path}:`)
  for (const code of problemCodes) expect(text).toContain(`- ${code}\n`)
})

test.each([
  [undefined, 'zh-CN'],
  ['', 'zh-CN'],
  ['fr', 'zh-CN'],
  ['en', 'en'],
  ['en-GB,zh;q=0.5', 'en'],
  ['zh;q=0.1, en;q=0.9', 'en'],
  ['en;q=0.8,zh-Hans-CN', 'zh-CN'],
  ['EN-us', 'en'],
])('for %j the words are in %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
