/** The program of a thread: beside this file in the sources, beside the bundle in a build (electron.vite.config.ts). */
export const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './worker.ts' : './outside-worker.cjs',
  import.meta.url,
)
