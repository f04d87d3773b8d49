import type { Office } from '../app/office/office.ts'
import type { OfficeOutput, OfficeParsedInput } from '../contract/office-bridge.ts'
import type { OfficeRequestName } from '../contract/office-requests.ts'

export type OfficeHandlers = {
  readonly [N in OfficeRequestName]: (
    input: OfficeParsedInput<N>,
  ) => Promise<OfficeOutput<N>> | OfficeOutput<N>
}

/** One handler for each request of the head office's page. Who may make it was checked before. */
export function officeHandlers(office: Office): OfficeHandlers {
  const { reader, people } = office
  return {
    'office.snapshot': () => office.snapshot(),
    'office.prefer': (change) => done(() => office.prefer(change)),
    'entry.signIn': ({ id, pin }) => people.signIn(id, pin),
    'entry.signOut': () => done(() => people.signOut()),
    'entry.touch': () => done(() => people.touch()),
    'entry.changePin': (change) => people.changePin(change),
    'people.begin': ({ name, pin }) => people.begin(name, pin),
    'people.save': (form) => people.save(form),
    'people.remove': ({ id }) => people.remove(id),
    'hub.chooseFile': () => office.chooseAttachFile(),
    'hub.attach': ({ file, address }) => reader.attach(file, address),
    'hub.setAddress': ({ address }) => reader.setAddress(address),
    'hub.rebuild': () => done(() => reader.rebuild()),
    'figures.scope': () => reader.scope(),
    'figures.overview': (filter) => reader.overview(filter),
    'figures.list': (query) => reader.list(query),
    'figures.life': ({ id }) => reader.life(id),
    'figures.doubles': ({ filter, cursor }) => reader.doubles(filter, cursor),
    'figures.outages': ({ filter, cursor }) => reader.outages(filter, cursor),
    'figures.health': () => reader.health(),
    'figures.export': (what) => office.save(what),
    'alerts.list': (query) => reader.alerts(query),
    'alerts.see': ({ id }) => done(() => reader.seeAlert(id, people.person()?.name ?? '-')),
    'alerts.settings': () => reader.alertSettings(),
    'alerts.saveRules': ({ rules }) => done(() => reader.saveRules(rules)),
    'alerts.saveWebhook': (form) => reader.saveWebhook(form),
    'alerts.testWebhook': () => reader.testWebhook(),
  }
}

async function done(work: () => void | Promise<void>): Promise<null> {
  await work()
  return null
}
