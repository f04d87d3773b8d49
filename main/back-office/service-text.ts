import type { ShopServerCommand } from './arguments.ts'

/** Returns a unit of systemd that runs the same command as a service, and starts it again whenever it ends. */
export function serviceText(
  { folder, program, port }: Extract<ShopServerCommand, { kind: 'run' | 'service' }>,
  start: readonly string[],
): string {
  const words = [
    ...start,
    'run',
    '--folder',
    folder,
    ...(program === null ? [] : ['--program', program]),
    ...(port === null ? [] : ['--port', String(port)]),
  ]
  return [
    '[Unit]',
    "Description=Hexiao Till: the shop's server",
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    // systemd expands % and $, and takes words apart at spaces.
    `ExecStart=${words.map(quoted).join(' ')}`,
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
    "# The shop's key from systemd, and not from a file of the folder (systemd-creds encrypt --name=chain-key):",
    '#LoadCredentialEncrypted=chain-key:/etc/hexiao-till/chain-key.cred',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
}

function quoted(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', () => '$$')
  return /^[\w./:@%=+-]+$/.test(plain) ? plain : JSON.stringify(plain)
}
