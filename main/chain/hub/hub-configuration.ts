import { healthSubject, hubDomain, hubStreams, recordsSubject } from '../office/office-names.ts'

/** What a hub is to be; see `hubConfiguration`. Paths are absolute. */
export interface HubSettings {
  /** The address to listen on: `0.0.0.0` for the world. */
  readonly host: string
  /** For the office. */
  readonly port: number
  /** For the servers of shops. */
  readonly leafPort: number
  readonly storeFolder: string
  readonly pidFile: string
  readonly certificateFile: string
  readonly keyFile: string
  /** Public nkeys. */
  readonly keeper: string
  readonly office: string
  readonly shops: readonly { readonly id: string; readonly key: string }[]
  /** Bytes that the records of all shops may take on the disk. */
  readonly mostBytes: number
}

interface Permissions {
  readonly publish: { readonly allow: readonly string[] }
  readonly subscribe: { readonly allow: readonly string[] }
}

/** More than a shop's server takes. */
const mostPayload = 65_536
const slack = 64 * 1024 ** 2

/** Returns the configuration of `nats-server`, as JSON (`serverConfiguration` has why). */
export function hubConfiguration(settings: HubSettings): string {
  const { host, port, leafPort, certificateFile, keyFile, keeper, office, shops } = settings
  const tls = {
    cert_file: certificateFile,
    key_file: keyFile,
    handshake_first: true,
    timeout: 5,
  }
  const configuration = {
    host,
    port,
    pid_file: settings.pidFile,
    server_name: 'hexiao-till-hub',
    max_payload: mostPayload,
    ping_interval: '20s',
    ping_max: 2,
    write_deadline: '10s',
    tls,
    // Addresses of the hub's own network are of no use to a shop.
    leafnodes: { host, port: leafPort, tls, no_advertise: true },
    jetstream: {
      store_dir: settings.storeFolder,
      domain: hubDomain,
      sync_interval: 'always',
      max_memory_store: 0,
      max_file_store: settings.mostBytes + slack,
    },
    accounts: {
      CHAIN: {
        jetstream: 'enabled',
        users: [
          { nkey: keeper },
          { nkey: office, permissions: officePermissions(office) },
          ...shops.map((shop) => ({ nkey: shop.key, permissions: shopPermissions(shop) })),
        ],
      },
      SYS: { users: [] },
    },
    system_account: 'SYS',
  }
  return `${JSON.stringify(configuration, null, 2)}\n`
}

/**
 * What a shop may do, also at a hub that is hosted elsewhere: publish under its own subjects, and read its own last message. It hears
 * no other shop, and makes, changes and deletes nothing.
 */
export function shopPermissions({
  id,
  key,
}: {
  readonly id: string
  readonly key: string
}): Permissions {
  const own = recordsSubject(id)
  return {
    publish: {
      allow: [
        own,
        healthSubject(id),
        `$JS.${hubDomain}.API.DIRECT.GET.${hubStreams.records}.${own}`,
      ],
    },
    subscribe: { allow: [`_INBOX_${key}.>`] },
  }
}

/** The office reads, by consumers of its own: of all records, and of each shop's last report. */
function officePermissions(key: string): Permissions {
  const streams = [hubStreams.records, hubStreams.health]
  return {
    publish: {
      allow: streams.flatMap((stream) => [
        `$JS.API.STREAM.INFO.${stream}`,
        // Without a name of its own where it has several subjects.
        `$JS.API.CONSUMER.CREATE.${stream}`,
        `$JS.API.CONSUMER.CREATE.${stream}.>`,
        `$JS.API.CONSUMER.INFO.${stream}.>`,
        `$JS.API.CONSUMER.DELETE.${stream}.>`,
        `$JS.API.CONSUMER.MSG.NEXT.${stream}.>`,
      ]),
    },
    subscribe: { allow: [`_INBOX_${key}.>`] },
  }
}
