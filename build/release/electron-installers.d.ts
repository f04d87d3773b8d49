/** The two packages have no types; this is what build/release/ uses of them. */
declare module 'electron-installer-debian' {
  export interface InstallerOptions {
    readonly src: string
    readonly dest: string
    readonly arch: string
    readonly rename: (dest: string, file: string) => string
    readonly logger: (message: string) => void
    readonly options?: object
    readonly [name: string]: unknown
  }

  export class Installer {
    constructor(options: InstallerOptions)
    defaults: Record<string, unknown>
    readonly options: Readonly<Record<string, unknown>> & {
      readonly packagePaths: readonly string[]
    }
    readonly stagingDir: string
    readonly stagingAppDir: string
    readonly baseAppDir: string
    get contentFunctions(): string[]
    generateDefaults(): Promise<Record<string, unknown>>
    generateOptions(): object
    createStagingDir(): Promise<void>
    createContents(): Promise<void>
    copyApplication(): Promise<void>
    copyScripts(): Promise<void>
    createBinarySymlink(): Promise<void>
    createCopyright(): Promise<void>
    createSpec(): Promise<void>
    createTemplatedFile(template: string, to: string, mode?: number): Promise<void>
    createPackage(): Promise<void>
    movePackage(): Promise<void>
  }

  /** Debian's form of a version of npm's: `1.0.0~beta.1`. */
  export function transformVersion(version: string): string
}

declare module 'electron-installer-redhat' {
  export { Installer } from 'electron-installer-debian'
}
