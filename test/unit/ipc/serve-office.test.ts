import { expect, test, vi } from 'vitest'
import type { Office } from '../../../main/app/office/office.ts'
import type { OfficeRole } from '../../../main/contract/office-roles.ts'
import { serveOffice } from '../../../main/ipc/serve-office.ts'

const filter = { from: 0, until: 1, shopId: null, stockId: null, hour: null }

/** An office of which only what a test asks is there; anything else throws, which is told as `internal`. */
function served(role: OfficeRole | null, reader: Partial<Office['reader']>) {
  const faults: string[] = []
  const parts = {
    people: { person: () => (role === null ? null : { id: '1', name: '陈姐', role }) },
    reader,
    subscribe: () => () => undefined,
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a part of an office is all that these requests reach
  const page = serveOffice(parts as unknown as Office, {
    send: () => undefined,
    onFault: (_channel, problem) => faults.push(problem),
  })
  return { page, faults }
}

test('nobody, and nobody whose role is too low, reaches the reader', async () => {
  const life = vi.fn(async () => null)
  const { page } = served(null, { life })
  expect(await page.request('figures.life', { id: 'R1' })).toMatchObject({
    error: { code: 'signed-out' },
  })
  const { page: viewers } = served('viewer', { life })
  expect(await viewers.request('figures.life', { id: 'R1' })).toMatchObject({
    error: { code: 'role-too-low' },
  })
  expect(life).not.toHaveBeenCalled()
  const { page: managers } = served('manager', { life })
  expect(await managers.request('figures.life', { id: 'R1' })).toEqual({ ok: true, value: null })
})

test('what does not fit its schema is refused on the way in and kept back on the way out', async () => {
  const scope = vi.fn(async () => ({ shops: [{ shopId: '', name: 'no id' }], stocks: [] }))
  const { page, faults } = served('owner', { scope })
  expect(await page.request('figures.list', { filter })).toMatchObject({
    error: { code: 'bad-request' },
  })
  expect(await page.request('figures.everything', {})).toMatchObject({
    error: { code: 'bad-request' },
  })
  expect(await page.request('figures.scope', {})).toEqual({
    ok: false,
    error: { code: 'internal' },
  })
  expect(faults).toEqual(['input against schema', 'output against schema'])
})
