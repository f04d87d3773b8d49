import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { licenceList } from './build/shipped/licence-list.ts'
import { updateKey } from './build/release/update-key.ts'
import { channelNames } from './main/contract/api.ts'
import { officeChannelNames } from './main/contract/office-requests.ts'
import { inAscii } from './build/shipped/in-ascii.ts'

const licences = licenceList(import.meta.dirname)

/** The list's names without its schemas (main/contract/built-in-names.ts). */
const define = {
  CHANNEL_NAMES: JSON.stringify(channelNames),
  OFFICE_CHANNEL_NAMES: JSON.stringify(officeChannelNames),
}

/**
 * The catalogues as texts for `JSON.parse`, which reads them four times as fast as V8 reads them as literals. Vite's own
 * `json.stringify` passes imports with a type by.
 */
function cataloguesAsTexts(): Plugin {
  return {
    name: 'catalogues-as-texts',
    enforce: 'pre',
    load(id) {
      if (!/\/contract\/words\/[\w-]+\/\w+\.json$/.test(id)) return null
      const text = JSON.stringify(JSON.parse(readFileSync(id, 'utf8')))
      return { code: `export default JSON.parse(${JSON.stringify(text)})`, moduleType: 'js' }
    },
  }
}

/** electron-log brings a transport to a server, which no till has, and with it HTTPS into every start of two threads. */
function withoutRemoteLog(): Plugin {
  return {
    name: 'without-remote-log',
    load(id) {
      if (!id.endsWith('electron-log/src/node/transports/remote.js')) return null
      return 'module.exports = () => Object.assign(() => undefined, { level: false, transforms: [] })'
    },
  }
}

/**
 * Writes every character beyond ASCII as an escape. V8 keeps a text with one Chinese character in it as two bytes for each of
 * its characters, so that a script of 880 KB would take 1.8 MB as long as it is loaded, and longer to decode and to parse.
 */
function asciiOnly(): Plugin {
  return {
    name: 'ascii-only',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk') file.code = inAscii(file.code)
    },
  }
}

// Syntax is lowered to what the development runtime (Electron 33) understands; Electron 45 runs the same files.
export default defineConfig({
  main: {
    plugins: [licences.plugin(), cataloguesAsTexts(), withoutRemoteLog(), asciiOnly()],
    define: { ...define, UPDATE_KEY: JSON.stringify(updateKey()) },
    build: {
      target: 'node20',
      externalizeDeps: true,
      rolldownOptions: {
        // The others are programs of threads (main/engine/start-engine.ts, main/outside/worker-file.ts).
        input: {
          index: 'main/index.ts',
          engine: 'main/engine/thread.ts',
          office: 'main/engine/office-thread.ts',
          'outside-worker': 'main/outside/worker.ts',
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          // Beside them, so that a thread's program is found from wherever its starter is bundled.
          chunkFileNames: '[name]-[hash].cjs',
        },
      },
    },
  },
  preload: {
    plugins: [licences.plugin(), asciiOnly()],
    define,
    build: {
      target: 'node20',
      externalizeDeps: false,
      // A sandboxed script is one file: it can load no part that both share.
      isolatedEntries: true,
      rolldownOptions: {
        input: { index: 'main/preload/index.ts', office: 'main/preload/office.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), licences.plugin(true), cataloguesAsTexts(), asciiOnly()],
    build: {
      target: 'chrome130',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { index: 'renderer/index.html' },
        // All that the first screen imports in one script and one style sheet: each file is a request through the window's
        // thread (docs/decisions/0049). Screens that are loaded when wanted keep their own.
        output: { codeSplitting: { groups: [{ name: 'first-screen', tags: ['$initial'] }] } },
      },
    },
  },
})
