import { Installer, transformVersion } from 'electron-installer-debian'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  addOwnFiles,
  build,
  commonOptions,
  linuxFile,
  makeLibrariesPlain,
  markPackage,
  putStarter,
  put,
  type LinuxPackage,
} from './linux-package.ts'
import { sharedLibraryPackages } from './shared-libraries.ts'

/** Chromium loads it while it runs, so that no binary names it. */
const loaded = ['libgtk-3-0 | libgtk-3-0t64']
/** Links are opened, and files moved to the recycle bin, by other programs. Without Chinese letters nothing can be read. */
const programs = [
  'xdg-utils',
  'libglib2.0-bin',
  'fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei | fonts-droid-fallback',
]
/** A keychain, without which the till redeems in training alone. */
const recommends = ['gnome-keyring | kwalletmanager']

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** What lintian says of every Electron: built for any Linux, with Chromium in one piece and its sandbox's helper. */
const overrides = ['unstripped-binary-or-object', 'embedded-library', 'elevated-privileges']

interface DebOptions {
  /** xz is small and slow; zstd is for tests. */
  readonly compression: 'xz' | 'zstd'
}

class TillDeb extends Installer {
  readonly #of: LinuxPackage

  constructor(of: LinuxPackage, options: ConstructorParameters<typeof Installer>[0]) {
    super(options)
    this.#of = of
  }

  override get contentFunctions(): string[] {
    return [...super.contentFunctions, 'addOwnFiles']
  }

  /** Its own list of dependencies is for other Electrons. */
  override async generateDefaults(): Promise<Record<string, unknown>> {
    const none = { depends: [], recommends: [], suggests: [] }
    return Object.assign(await super.generateDefaults(), none)
  }

  override async copyScripts(): Promise<void> {
    for (const name of ['preinst', 'postrm'])
      await this.createTemplatedFile(
        linuxFile(`${name}.ejs`),
        path.join(this.stagingDir, 'DEBIAN', name),
        0o755,
      )
  }

  override async copyApplication(): Promise<void> {
    await super.copyApplication()
    makeLibrariesPlain(this)
    markPackage(this, 'deb')
  }

  /** A link would start Electron for `hexiao-till pos` too. */
  override createBinarySymlink(): Promise<void> {
    return putStarter(this, this.#of)
  }

  /** `addOwnFiles` writes it. */
  override async createCopyright(): Promise<void> {}

  async addOwnFiles(): Promise<void> {
    await addOwnFiles(this, this.#of)
    const { description, at } = this.#of
    const when = new Date(at).toUTCString().replace('GMT', '+0000')
    const entry = `${description.name} (${String(this.options['version'])}) stable; urgency=medium

  * See the release notes.

 -- ${description.maintainer}  ${when}
`
    const doc = path.join(this.stagingDir, this.baseAppDir, 'share/doc', description.name)
    put(path.join(doc, 'changelog.gz'), gzipSync(entry, { level: 9 }))
  }
}

/** Writes the deb. Returns its file. */
export async function buildDeb(of: LinuxPackage, { compression }: DebOptions): Promise<string> {
  const version = transformVersion(of.description.version)
  const deb = new TillDeb(of, {
    ...commonOptions(of),
    version,
    debVersion: version,
    arch: architectures[process.arch] ?? process.arch,
    section: 'misc',
    compression,
    depends: [...(await sharedLibraryPackages(of.app)), ...loaded, ...programs],
    recommends,
    lintianOverrides: overrides,
  })
  return build(deb)
}
