import { createPosApp, type AppParts } from './app.ts'
import { PosFeed } from './feed.ts'
import { PosFolder } from './folder.ts'
import type { FolderFault } from './folder-files.ts'
import { OnceOnly } from './once.ts'
import { folderClientId, type PosClients } from './clients.ts'
import type { PosStore } from '../redemption/pos-store.ts'

interface WatchParts extends Omit<AppParts, 'port' | 'feed' | 'once' | 'origins' | 'onPaired'> {
  readonly clients: PosClients
  readonly fileTime: () => number
  readonly onState: (fault: FolderFault | 'not-writable' | null) => void
}

/** No connection comes to it: requests from files are given to the link as if they came by this one. */
const noPort = 1

/** Watches a folder for requests. They pass the same checks as those over HTTP, and none of them is sent anywhere. */
export function watchFolder(
  folder: string,
  { fileTime, onState, ...parts }: WatchParts,
): PosFolder {
  const { till, clients, onFault } = parts
  const app = createPosApp({
    ...parts,
    feed: new PosFeed(till),
    once: new OnceOnly(),
    port: () => noPort,
    origins: () => [],
    onPaired: () => undefined,
  })
  let admitted: { readonly store: PosStore; readonly token: string } | null = null
  const watched = new PosFolder({
    folder,
    app,
    port: noPort,
    fileTime,
    onState,
    onFault,
    store: () => till()?.store ?? null,
    token() {
      const store = till()?.store
      if (store === undefined) return null
      const isKnown = store.clients().some(({ id }) => id === folderClientId)
      if (admitted?.store !== store || !isKnown)
        admitted = { store, token: clients.letFolderIn(store) }
      return admitted.token
    },
  })
  watched.start()
  return watched
}
