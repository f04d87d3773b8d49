import type { ChannelNames } from './api.ts'

/** Put in by the build (`electron.vite.config.ts`). */
declare const CHANNEL_NAMES: ChannelNames

/**
 * The names of requests and events for the two programs that only pass them on: the preload script and the window's thread.
 * Importing the list itself would also load its schemas, which takes a slow PC a tenth of a second.
 */
export const builtInNames = CHANNEL_NAMES
