import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import {
  carry,
  type Computer,
  openComputer,
  openTill,
  pins,
  shopOf,
  textIn,
} from '../../support/provisioned-computer.ts'
import { openSetupScene } from '../../support/setup-scene.ts'

// Each PIN takes some tenths of a second.
vi.setConfig({ testTimeout: 60_000 })

/** The owner writes down their recovery code. */
async function recoveryCode(computer: Computer, pin: string): Promise<string> {
  const open = await openTill(computer)
  try {
    const owner = open.shop.session.view().staff.find(({ role }) => role === 'owner')
    const signedIn = await open.shop.session.signIn(owner?.id ?? '', pin)
    const offered = open.shop.recovery.offer(signedIn.ok ? signedIn.value : null)
    if (!signedIn.ok || !offered.ok) throw new Error('no code was offered')
    expect(await open.shop.recovery.confirm(signedIn.value)).toMatchObject({ ok: true })
    return offered.value
  } finally {
    await open.close()
  }
}

test('an owner has another PIN on the recovery code alone, once, and it is recorded', async () => {
  const scene = await openSetupScene('public-key')
  const computer = openComputer()
  const folder = carry(scene)
  await computer.run(folder, '--till-id', 'A1')
  const code = await recoveryCode(computer, pins.owner)
  const give = (name: string, text: string): void => writeFileSync(path.join(folder, name), text)
  const reset = (owner = '王芳') =>
    computer.command(
      folder,
      'reset-owner',
      '--owner',
      owner,
      '--recovery-code-file',
      'code.txt',
      '--pin-file',
      'pin.txt',
    )
  give('pin.txt', '73914628\n')
  give('code.txt', 'AAAA-BBBB-CCCC-DDDD')
  expect((await reset()).text).toContain('The recovery code is wrong')
  give('code.txt', `${code}\n`)
  expect((await reset('小陈')).text).toContain('No owner is called 小陈')
  give('pin.txt', '1111')
  expect((await reset()).text).toContain('too easy to guess')
  expect((await shopOf(computer)).ownersPinFits).toBe(true)
  give('pin.txt', '73914628')
  const done = await reset()
  expect(done.text).toContain('changed: staff.王芳.pin')
  expect(done.text).toContain("the owner's recovery code is shown to them")
  expect(done.exitCode).toBe(0)
  const after = await shopOf(computer)
  expect(after).toMatchObject({ ownersPinFits: false, isIntact: 'intact' })
  expect(after.acts.filter((act) => act.includes('reset-owner'))).toHaveLength(3)
  await recoveryCode(computer, '73914628')
  const written = textIn(computer.place.folder) + done.text
  for (const secret of [code, '73914628']) expect(written).not.toContain(secret)
  // It was used up.
  expect((await reset()).text).toContain('The recovery code is wrong')
})

test('without all three words it says which is missing, and nothing happens', async () => {
  const computer = openComputer()
  const done = await computer.command('.', 'reset-owner', '--owner', '王芳', '--pin-file', 'x')
  expect(done.text).toContain('--recovery-code-file')
  expect(done.exitCode).toBe(2)
  const strange = await computer.command('.', 'status', '--owner', '王芳')
  expect(strange.exitCode).toBe(2)
})
