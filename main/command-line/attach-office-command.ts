import { readChainFiles } from '../app/live/chain-files.ts'
import { OfficeFile } from '../chain/office/office-file.ts'
import { parseJson } from '../contract/json.ts'
import { textOf } from '../credentials/source-file.ts'
import { checkOwner } from './check-owner.ts'
import type { Command } from './command.ts'
import type { CommandPlace } from './place.ts'
import { readSettingsFile } from './provision-file.ts'
import { createCheckWriter, createReport, type Report } from './report.ts'

/** Attaches the shop, whose server this computer is, to a head office, with the file that the office gave its owner. */
export async function attachOffice(
  { file, ownerPinFile }: Pick<Command, 'file' | 'ownerPinFile'>,
  place: CommandPlace,
): Promise<Report> {
  const { workingFolder, standardInput, language, secrets } = place
  const write = createCheckWriter(language)
  const read = await readSettingsFile(file ?? '', { folder: workingFolder, standardInput })
  const office = OfficeFile.safeParse(read.ok ? parsed(textOf(read.value.bytes)) : null)
  if (!office.success) return report(write.line('chain', 'failed', 'office-file-wrong'))
  const owner = await checkOwner(ownerPinFile, place)
  if (!owner.ok) return report(write.line('settings', 'failed', owner.error))
  if (readChainFiles(place.folder).server === null)
    return report(write.line('chain', 'failed', 'office-not-server'))
  const kept = await secrets.write('shop-office', JSON.stringify(office.data))
  if (!kept.ok) return report(write.line('chain', 'failed', 'office-not-kept'))
  place.tellWindow?.()
  const { name, hub } = office.data
  return report(write.line('chain', 'ok', 'office-attached', { name, hub }))
}

function report(check: Report['checks'][number]): Report {
  return createReport('attach-office', [check])
}

/** `null` for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}
