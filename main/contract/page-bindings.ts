interface PageIpc {
  invoke(channel: string, input: unknown): Promise<unknown>
  on(channel: string, listener: (event: unknown, payload: unknown) => void): unknown
  removeListener(channel: string, listener: (event: unknown, payload: unknown) => void): unknown
}

/** How a page's function is bound to its channel, with Electron's `ipcRenderer`. */
export function bindings(ipc: PageIpc) {
  return {
    call: (name: string) => (input: unknown) => ipc.invoke(name, input),
    listen: (name: string) => (listener: (payload: unknown) => void) => {
      // The page does not get the Electron event object, with which it could send on any channel.
      const relay = (_event: unknown, payload: unknown): void => listener(payload)
      ipc.on(name, relay)
      return () => {
        ipc.removeListener(name, relay)
      }
    },
  }
}
