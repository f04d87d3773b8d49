/** A program that runs as a service. */
export interface Service {
  readonly description: string
  /** All that may be written to. */
  readonly folder: string
  /** Program and words; none is taken apart. */
  readonly command: readonly string[]
  /** What else may be set, as comments of the unit. */
  readonly hints?: readonly string[]
}

/** Returns a unit of systemd that runs this as a service, and starts it again whenever it ends. */
export function serviceText({ description, folder, command, hints = [] }: Service): string {
  return [
    '[Unit]',
    `Description=${description}`,
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    // systemd expands % and $, and takes words apart at spaces.
    `ExecStart=${command.map(quoted).join(' ')}`,
    'Restart=always',
    'RestartSec=2',
    'TimeoutStopSec=30',
    'UMask=0077',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    `ReadWritePaths=${quoted(folder)}`,
    'PrivateTmp=yes',
    '# The account that owns the folder:',
    '#User=hexiao',
    ...hints,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
}

function quoted(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', () => '$$')
  return /^[\w./:,@%=+-]+$/.test(plain) ? plain : JSON.stringify(plain)
}
