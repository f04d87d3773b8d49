// npm run pos-examples: compiles the C# and the Java example of docs/pos/README.md, and runs them against a till. Needs `java`, and
// `mcs`, `mono` and Newtonsoft.Json (Debian: mono-mcs mono-runtime libmono-system-net-http4.0-cil libnewtonsoft-json5.0-cil).
import { strict as assert } from 'node:assert'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runOrThrow } from '../../build/command.ts'
import { projectRoot, runTask } from '../../build/project.ts'
import { CouponInOrder } from '../../main/pos/schemas.ts'
import { LinkedTill } from '../support/linked-till.ts'
import { codeOf } from '../support/scripted-till.ts'
import { temporaryFolder } from '../support/store-fixture.ts'

const newtonsoft = '/usr/lib/cli/Newtonsoft.Json-5.0/Newtonsoft.Json.dll'

await runTask(async () => {
  const readme = readFileSync(path.join(projectRoot, 'docs/pos/README.md'), 'utf8')
  const example = (language: string): string =>
    new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(readme)?.[1] ?? ''
  const java = await sell(async (folder, env) => {
    writeFileSync(path.join(folder, 'Sale.java'), example('java'))
    return runOrThrow('java', ['Sale.java'], { cwd: folder, env })
  })
  assert.match(java, /^200 /)
  const { coupon } = CouponInOrder.parse(JSON.parse(java.slice(4)))
  assert.equal(coupon.deductFen, 1000)
  console.log(`Java: ${coupon.instruction} ${coupon.deductFen}`)
  const csharp = await sell(async (folder, env) => {
    writeFileSync(path.join(folder, 'Sale.cs'), example('csharp'))
    const libraries = ['-r:System.Net.Http.dll', `-r:${newtonsoft}`]
    await runOrThrow('mcs', ['-langversion:latest', ...libraries, 'Sale.cs'], { cwd: folder, env })
    const found = { ...env, MONO_PATH: path.dirname(newtonsoft) }
    return runOrThrow('mono', ['Sale.exe'], { cwd: folder, env: found })
  })
  assert.match(csharp, /^give 1000 T1-\S+\n$/)
  console.log(`C#: ${csharp.trim()}`)
  return 0
})

/** Returns what the example printed. */
async function sell(
  run: (folder: string, env: NodeJS.ProcessEnv) => Promise<string>,
): Promise<string> {
  const place = temporaryFolder()
  const till = await LinkedTill.open()
  try {
    const env = { TILL: till.origin, TOKEN: await till.pair(), CODE: codeOf(1) }
    return await run(place.path, { ...process.env, ...env })
  } finally {
    await till.close()
    place.remove()
  }
}
