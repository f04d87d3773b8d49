import semver from 'semver'
import { parse } from 'yaml'
import { z } from 'zod'
import { err, ok, type Result } from '../contract/result.ts'
import type { UpdateFault, UpdateState } from '../contract/updates.ts'

/** As electron-builder publishes it beside the installers. */
const Feed = z.looseObject({
  version: z.string().refine((version) => semver.valid(version) !== null),
  releaseNotes: z
    .union([z.string(), z.array(z.looseObject({ note: z.string().nullable() }))])
    .nullish(),
})

const feedNames: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'latest.yml',
  darwin: 'latest-mac.yml',
}
const linuxFeedName = 'latest-linux.yml'

const dayMs = 86_400_000
const lookAgainMs = 3_600_000
const patienceMs = 15_000
/** A feed has some hundred bytes; the notes of a release some thousand. */
const mostCharacters = 200_000

export type FetchFeed = (
  url: string,
  options: { readonly signal: AbortSignal; readonly redirect: 'error' },
) => Promise<Pick<Response, 'ok' | 'text'>>

interface UpdateParts {
  readonly state: { get(): UpdateState; set(state: UpdateState): void }
  /** Through the system's proxy. */
  readonly fetch: FetchFeed
  readonly version: string
  readonly platform: NodeJS.Platform
  /** Epoch milliseconds. */
  readonly clock: () => number
}

export interface Updates {
  setAddress(address: string | null): void
  check(): Promise<Result<null, UpdateFault>>
  close(): void
}

/** Looks once a day, and on request, whether the shop's IT has published a newer version. Installs nothing. */
export function checkUpdates({ state, fetch, version, platform, clock }: UpdateParts): Updates {
  const { found } = state.get()
  // It has been installed since.
  if (found !== null && !semver.gt(found.version, version))
    state.set({ ...state.get(), found: null })

  async function check(): Promise<Result<null, UpdateFault>> {
    const { address } = state.get()
    if (address === null) return err('no-address')
    const read = await readFeed(address)
    // Somebody may have changed the address meanwhile.
    if (!read.ok || state.get().address !== address) return read.ok ? ok(null) : read
    const { version: latest, releaseNotes } = read.value
    const isNewer = semver.gt(latest, version)
    const newer = { version: latest, notes: textOf(releaseNotes) }
    state.set({ address, found: isNewer ? newer : null, checkedAt: clock() })
    return ok(null)
  }

  async function readFeed(address: string): Promise<Result<z.infer<typeof Feed>, UpdateFault>> {
    const folder = address.endsWith('/') ? address : `${address}/`
    const url = new URL(feedNames[platform] ?? linuxFeedName, folder)
    let text: string
    try {
      const reply = await fetch(url.href, {
        signal: AbortSignal.timeout(patienceMs),
        redirect: 'error',
      })
      if (!reply.ok) return err('not-a-feed')
      text = await reply.text()
    } catch {
      // No line, no such host, a certificate that does not fit: the address is checked by a person.
      return err('no-connection')
    }
    const feed = Feed.safeParse(text.length > mostCharacters ? null : parsed(text))
    return feed.success ? ok(feed.data) : err('not-a-feed')
  }

  function checkDue(): void {
    const { address, checkedAt } = state.get()
    const age = checkedAt === null ? dayMs : clock() - checkedAt
    if (address !== null && (age >= dayMs || age < 0)) void check()
  }

  const timer = setInterval(checkDue, lookAgainMs)
  timer.unref()
  setImmediate(checkDue)

  return {
    setAddress: (address) => state.set({ address, found: null, checkedAt: null }),
    check,
    close: () => clearInterval(timer),
  }
}

function parsed(text: string): unknown {
  try {
    return parse(text)
  } catch {
    // Not YAML: a login page, or another file.
    return null
  }
}

function textOf(notes: z.infer<typeof Feed>['releaseNotes']): string {
  if (typeof notes === 'string') return notes
  return (notes ?? []).flatMap(({ note }) => note ?? []).join('\n')
}
