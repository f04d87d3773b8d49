import { run, runOrThrow } from '../command.ts'
import { TaskError } from '../project.ts'

/** Uploads the files to a draft of the release on GitHub, which a person then makes public. */
export async function publish(version: string, files: readonly string[]): Promise<void> {
  const tag = `v${version}`
  const exists = await runOrThrow('gh', ['release', 'view', tag]).then(
    () => true,
    () => false,
  )
  if (!exists) await runOrThrow('gh', ['release', 'create', tag, '--draft', '--verify-tag'])
  const status = await run('gh', ['release', 'upload', tag, '--clobber', ...files])
  if (status !== 0) throw new TaskError('The upload failed; see above.')
}
