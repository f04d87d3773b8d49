import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { ChannelNames } from '../contract/api.ts'
import { platformOf } from '../contract/platform.ts'
import { bindCalls } from '../contract/till-bridge.ts'

/** Put here by the build (`electron.vite.config.ts`): with the list itself its schemas would come along. */
declare const CHANNEL_NAMES: ChannelNames

const calls = bindCalls(CHANNEL_NAMES, {
  call: (name) => (input: unknown) => ipcRenderer.invoke(name, input),
  listen: (name) => (listener: (payload: unknown) => void) => {
    // The Electron event object stays here: it would hand the page a way to send on any channel.
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
