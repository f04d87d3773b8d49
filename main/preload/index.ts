import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { ChannelNames } from '../contract/api.ts'
import { platformOf } from '../contract/platform.ts'
import { bindCalls } from '../contract/till-bridge.ts'

/** Put in by the build (`electron.vite.config.ts`): importing the list of requests would also import its schemas. */
declare const CHANNEL_NAMES: ChannelNames

const calls = bindCalls(CHANNEL_NAMES, {
  call: (name) => (input: unknown) => ipcRenderer.invoke(name, input),
  listen: (name) => (listener: (payload: unknown) => void) => {
    // The page does not get the Electron event object, with which it could send on any channel.
    const relay = (_event: unknown, payload: unknown): void => listener(payload)
    ipcRenderer.on(name, relay)
    return () => {
      ipcRenderer.removeListener(name, relay)
    }
  },
})

contextBridge.exposeInMainWorld(
  'till',
  Object.freeze({
    ...calls,
    platform: platformOf(process.platform),
    pathOfFile: (file: File) => webUtils.getPathForFile(file),
  }),
)
