import { run } from '../command.ts'
import { TaskError } from '../project.ts'

/** Uploads the files to the draft of this version's release on GitHub, which a person then makes public. */
export async function publish(version: string, files: readonly string[]): Promise<void> {
  const status = await run('gh', ['release', 'upload', `v${version}`, '--clobber', ...files])
  if (status !== 0) throw new TaskError('The upload failed; see above.')
}
