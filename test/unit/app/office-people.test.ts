import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createOfficePeople } from '../../../main/app/office/people.ts'
import { openOfficePeople } from '../../../main/app/office/people-file.ts'

const plainPins = {
  hash: async (pin: string) => `hash ${pin}`,
  verify: async (pin: string, hash: string) => hash === `hash ${pin}`,
}

function openPeople(folder: string) {
  const timers: { ms: number; task: () => void }[] = []
  const people = createOfficePeople({
    store: openOfficePeople(folder),
    pins: plainPins,
    elapsed: () => 0,
    scheduler: {
      after(ms, task) {
        const timer = { ms, task }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer), 1)
      },
    },
    onChanged: () => undefined,
  })
  return { people, timers }
}

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-people-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('the first is an owner, signed in, and nobody can begin a second time', async () => {
  const { people } = openPeople(newFolder())
  expect(await people.begin('陈姐', '1111')).toEqual({ ok: false, error: { code: 'pin-too-easy' } })
  const begun = await people.begin('陈姐', '2703')
  expect(begun).toMatchObject({ ok: true, value: { name: '陈姐', role: 'owner' } })
  expect(people.person()).toMatchObject({ name: '陈姐' })
  expect(await people.begin('别人', '2704')).toMatchObject({ ok: false })
})

test('roles are kept over a restart, in a file for this account alone, without a PIN in it', async () => {
  const folder = newFolder()
  const { people } = openPeople(folder)
  await people.begin('陈姐', '2703')
  await people.save({ id: null, name: '阿芳', role: 'viewer', pin: '5937' })
  const again = openPeople(folder).people
  expect(again.people().map(({ name, role }) => [name, role])).toEqual([
    ['陈姐', 'owner'],
    ['阿芳', 'viewer'],
  ])
  expect(again.person()).toBeNull()
  const file = path.join(folder, 'people.json')
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(readFileSync(file, 'utf8')).not.toContain('"2703"')
})

test('the last owner stays, and whoever is removed is signed out', async () => {
  const { people } = openPeople(newFolder())
  const first = await people.begin('陈姐', '2703')
  if (!first.ok) throw new Error(first.error.code)
  expect(people.remove((await idOfNew(people)).id)).toEqual({ ok: true, value: null })
  expect(people.remove(first.value.id)).toMatchObject({ ok: true })
  expect(people.person()).toBeNull()
})

async function idOfNew(people: ReturnType<typeof createOfficePeople>) {
  const added = await people.save({ id: null, name: '阿芳', role: 'viewer', pin: '5937' })
  if (!added.ok) throw new Error(added.error.code)
  const owner = people.people().find(({ role }) => role === 'owner')
  expect(people.remove(owner?.id ?? '')).toEqual({ ok: false, error: { code: 'last-owner' } })
  return added.value
}

test('a file that cannot be read lets nobody in, and nobody begin anew over it', async () => {
  const folder = newFolder()
  writeFileSync(path.join(folder, 'people.json'), '{"version":1,"people":[{"id":"x"}]}')
  const { people } = openPeople(folder)
  expect(people.isUnreadable()).toBe(true)
  expect(await people.begin('别人', '2704')).toMatchObject({ ok: false })
})

test('whoever touches nothing is signed out, and touching begins the time anew', async () => {
  const { people, timers } = openPeople(newFolder())
  await people.begin('陈姐', '2703')
  people.touch()
  expect(timers.map(({ ms }) => ms)).toEqual([20 * 60_000])
  timers[0]?.task()
  expect(people.person()).toBeNull()
})
