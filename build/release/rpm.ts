import { Installer } from 'electron-installer-redhat'
import fs from 'node:fs'
import path from 'node:path'
import {
  addOwnFiles,
  build,
  commonOptions,
  linuxFile,
  makeLibrariesPlain,
  markPackage,
  putStarter,
  type LinuxPackage,
} from './linux-package.ts'

/** As in deb.ts; the other libraries are found by rpmbuild. By names that Fedora, openSUSE and openEuler share. */
const requires = ['libgtk-3.so.0()(64bit)', 'xdg-utils']

const architectures: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' }

class TillRpm extends Installer {
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
    return Object.assign(await super.generateDefaults(), { requires: [] })
  }

  override async createSpec(): Promise<void> {
    const script = path.join(this.stagingDir, 'postrm')
    await this.createTemplatedFile(linuxFile('postrm.ejs'), script)
    Object.assign(this.options, { sayWhereRecordsAre: fs.readFileSync(script, 'utf8') })
    await super.createSpec()
  }

  override async copyApplication(): Promise<void> {
    await super.copyApplication()
    makeLibrariesPlain(this)
    markPackage(this, 'rpm')
  }

  /** A link would start Electron for `hexiao-till pos` too. */
  override createBinarySymlink(): Promise<void> {
    return putStarter(this, this.#of)
  }

  /** `addOwnFiles` writes it. */
  override async createCopyright(): Promise<void> {}

  addOwnFiles(): Promise<void> {
    return addOwnFiles(this, this.#of)
  }
}

/** Writes the rpm. Returns its file. */
export function buildRpm(of: LinuxPackage): Promise<string> {
  const rpm = new TillRpm(of, {
    ...commonOptions(of),
    arch: architectures[process.arch] ?? process.arch,
    revision: '1',
    specTemplate: linuxFile('spec.ejs'),
    requires,
  })
  return build(rpm)
}
