import { z } from 'zod'
import { isHttpsOrLoopback } from './web-address.ts'

/** Why the search for a newer version failed. Words: `settings.json`, `updates.fault.<code>`. */
export const updateFaults = ['no-address', 'no-connection', 'not-a-feed'] as const
export const UpdateFault = z.object({ code: z.enum(updateFaults) })
export type UpdateFault = z.infer<typeof UpdateFault>

/** The address where the shop's IT publishes new versions, what was found there, and when it is installed. */
export const UpdateState = z.object({
  address: z.string().nullable(),
  /** The newer version; `null` when there is none, or before the first search. */
  found: z.object({ version: z.string(), notes: z.string() }).nullable(),
  /** Epoch milliseconds. */
  checkedAt: z.number().int().nullable(),
  /** A newer version is fetched and, where nobody has to confirm it, installed without a person. */
  automatic: z.boolean().default(false),
  /** The hour of the day in China, 0–23, at which it is installed. */
  hour: z.number().int().min(0).max(23).default(4),
  /** A version that did not start here and was taken back; it is not installed again. */
  takenBack: z.string().nullable().default(null),
})
export type UpdateState = z.infer<typeof UpdateState>

export const noUpdates: UpdateState = {
  address: null,
  found: null,
  checkedAt: null,
  automatic: false,
  hour: 4,
  takenBack: null,
}

/** The https address of a folder on a web server. Plain http is allowed on this computer only. */
export const UpdateAddress = z.url().max(500).refine(isHttpsOrLoopback, 'https only')

/**
 * How this package of the program is replaced: without a person (AppImage, macOS), after an administrator confirmed it
 * (NSIS for all accounts, deb, rpm), or not by the till (MSI, zip, a build without the maintainers' key).
 */
export const installWays = ['by-itself', 'with-administrator', 'by-hand'] as const
export type InstallWay = (typeof installWays)[number]

/** Why a newer version is not here, or was not installed. Words: `settings.json`, `updates.failed.<code>`. */
export const installFaults = [
  /** The signature on the list of versions is not the maintainers', or there is none. */
  'not-signed',
  /** It goes to some tills first, and this is not one of them yet. */
  'not-yet-here',
  'not-downloaded',
  /** It did not start when it was tried beside this one. */
  'not-started',
  'not-installed',
] as const
export type InstallFault = (typeof installFaults)[number]

/** Why it is not installed right now. Words: `settings.json`, `updates.refused.<code>`. */
export const installRefusals = ['not-ready', 'queue-waits', 'shift-open', 'trading'] as const
export const InstallRefusal = z.object({ code: z.enum(installRefusals) })
export type InstallRefusal = (typeof installRefusals)[number]

/** How far the newer version has come. Kept nowhere: a restart begins anew, with what was downloaded. */
export const UpdateProgress = z.object({
  way: z.enum(installWays),
  stage: z.enum(['none', 'downloading', 'ready', 'installing', 'failed']),
  /** Of the download, 0–100. */
  percent: z.number().int().min(0).max(100),
  fault: z.enum(installFaults).nullable(),
})
export type UpdateProgress = z.infer<typeof UpdateProgress>
