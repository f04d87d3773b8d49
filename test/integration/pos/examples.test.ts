import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { projectTool } from '../../../build/project-tool.ts'
import { projectRoot } from '../../../build/project.ts'
import { Paired } from '../../../main/pos/schemas.ts'
import { LinkedTill } from '../../support/linked-till.ts'
import { codeOf } from '../../support/scripted-till.ts'

const execute = promisify(execFile)
const readme = readFileSync(path.join(projectRoot, 'docs/pos/README.md'), 'utf8')
/** Returns the examples in a language, in the order of the page. */
function examplesIn(language: string, page = readme): string[] {
  const blocks = page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))
  return [...blocks].map(([, text = '']) => text)
}

async function linked(): Promise<LinkedTill> {
  const till = await LinkedTill.open()
  onTestFinished(() => till.close())
  return till
}

test('the page shows curl, Python, C# and Java', () => {
  const languages = ['sh', 'python', 'csharp', 'java']
  expect(languages.filter((language) => examplesIn(language).length === 0)).toEqual([])
})

describe.runIf(process.platform === 'linux')('against a till', () => {
  test('the curl examples pair a POS, sell with a coupon and end the order', async () => {
    const { scripted, link, port } = await linked()
    const code = link.offer().pairing?.code ?? ''
    const [pairing = '', order = ''] = examplesIn('sh').map((text) =>
      text.replaceAll('9740', `${port}`),
    )
    const paired = await execute('sh', ['-e', '-c', pairing.replace('483920', code)])
    const { token } = Paired.parse(JSON.parse(paired.stdout))
    const sold = await execute('sh', ['-e', '-c', order.replace('TOKEN=…', `TOKEN=${token}`)])
    expect(sold.stdout).toContain('"instruction":"give","deductFen":1000')
    expect(sold.stdout).toContain('"payFen":11800')
    expect(sold.stdout).toContain('"isEnded":true')
    expect(scripted.sent[0]).toContain('"out_trade_no":"POS-A1"')
    expect(scripted.faults).toEqual([])
  })

  test('the Python example sells with a coupon and prints what to deduct', async () => {
    const till = await linked()
    const [example = ''] = examplesIn('python')
    const { stdout } = await execute('python3', ['-c', example], {
      env: { ...process.env, TILL: till.origin, TOKEN: await till.pair(), CODE: codeOf(1) },
    })
    expect(stdout).toBe('give 1000 Redeemed\nto pay: 11800\n')
    expect(till.scripted.faults).toEqual([])
  })
})

test('the TypeScript client, built as its package is, runs the example of its page under plain Node', async () => {
  const { scripted, link, origin } = await linked()
  const folder = path.join(projectRoot, 'clients/typescript')
  // Inside the project, where Node finds what the client depends on.
  const built = path.join(projectRoot, 'out/test/pos-client')
  const tsc = projectTool('typescript', 'tsc')
  await execute(process.execPath, [tsc, '-p', folder, '--outDir', built])
  const [example = ''] = examplesIn('js', readFileSync(path.join(folder, 'README.md'), 'utf8'))
  const script = path.join(built, 'example.mjs')
  writeFileSync(script, example.replace("'hexiao-till-pos-client'", "'./index.js'"))
  const DIGITS = link.offer().pairing?.code
  const { stdout } = await execute(process.execPath, [script], {
    env: { ...process.env, TILL: origin, DIGITS, CODE: codeOf(1) },
  })
  expect(stdout).toBe('give 1000 Redeemed\nto pay: 11800\n')
  expect(scripted.faults).toEqual([])
})
