// Two live tills of one shop and its real server, with a stand-in for WeChat Pay: the internet is cut, one coupon is scanned at both with
// real key events, the internet is restored, and what each till showed is printed. Exits with 0 only when one of them gave the
// discount and the other did not. Started by build/shop-demo.ts.
import fs from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../../build/project.ts'
import { batches, codeOf, issueCoupons } from '../support/counter-steps.ts'
import type { TillOfShop } from '../support/till-of-shop.ts'
import { openDemoShop } from './demo-shop.ts'
import { outcomeOf, type Told } from './outcome.ts'
import { readJudged, readSettled } from './read-told.ts'
import { words } from './words.ts'

const pictures = path.join(projectRoot, 'out/shop-demo')
fs.rmSync(pictures, { recursive: true, force: true })
fs.mkdirSync(pictures, { recursive: true })

// When asked to stop, exits at once. The windows and servers end when this process does.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const shop = await openDemoShop()
try {
  process.exitCode = (await demonstrate()) ? 0 : 1
} finally {
  await shop.close()
}

async function demonstrate(): Promise<boolean> {
  await issueCoupons(shop.standIn, batches.twentyOff, [1, 2, 3].map(codeOf))
  const one = await shop.openTill('T1')
  const two = await shop.openTill('T2')
  const say = words[(await one.page.locator('html').getAttribute('lang')) === 'en' ? 'en' : 'zh-CN']
  console.log(`\n${say.open}\n`)

  console.log(say.firstOnes)
  console.log(say.till(await scanAt(one, 1, '1-online')))
  console.log(say.till(await scanAt(two, 2, '1-online')))
  console.log(say.cut)
  await shop.standIn.control.network({ network: 'cut' })
  console.log(say.scanned)
  const told: Told[] = []
  for (const till of [one, two]) {
    const read = await scanAt(till, 3, '3-same-coupon')
    told.push(read)
    console.log(say.till(read))
  }
  console.log(say.restored)
  await shop.standIn.control.network({ network: 'up' })
  for (const till of [one, two]) {
    const read = await readSettled(till)
    await picture(till, '4-restored')
    told.push(read)
    console.log(say.till(read))
  }
  const { effects } = await shop.standIn.control.ledger({})
  const times = effects.filter(({ code }) => code === codeOf(3)).length
  console.log(say.redeemed(times))
  const outcome = outcomeOf(told)
  console.log(`\n${say.outcome[outcome]}\n${say.pictures(path.relative(projectRoot, pictures))}`)
  if (process.argv.includes('--stay')) {
    console.log(say.stay)
    await Promise.all(
      [one, two].map(({ electron }) => electron.waitForEvent('close', { timeout: 0 })),
    )
  }
  return outcome === 'one-gave' && times === 1
}

async function scanAt(till: TillOfShop, coupon: number, step: string): Promise<Told> {
  const code = codeOf(coupon)
  await till.scan(code)
  const told = await readJudged(till, code)
  await picture(till, step)
  return told
}

async function picture({ page, tillId }: TillOfShop, step: string): Promise<void> {
  await page.screenshot({ path: path.join(pictures, `${step}-${tillId}.png`) })
}
