import path from 'node:path'

/** Where the next dialog for files begins. */
export interface LastFolder {
  /** Options of a dialog: the folder of the last file, and in it a file of this name. */
  begin(name?: string): { readonly defaultPath?: string }
  /** Remembers the folder of a file that was chosen, until the program ends, and returns the file. */
  remember<T extends string | null | undefined>(file: T): T
  /** Remembers a folder that was chosen. */
  rememberFolder(chosen: string): void
}

/**
 * Begins in the folder that was chosen last. Up to Electron 42 the system did so by itself; since then a dialog without a
 * folder begins among the downloads, each time.
 */
export function createLastFolder(): LastFolder {
  let folder: string | null = null
  return {
    begin(name) {
      if (folder === null) return name === undefined ? {} : { defaultPath: name }
      return { defaultPath: name === undefined ? folder : path.join(folder, name) }
    },
    remember(file) {
      if (typeof file === 'string' && file !== '') folder = path.dirname(file)
      return file
    },
    rememberFolder(chosen) {
      folder = chosen
    },
  }
}
