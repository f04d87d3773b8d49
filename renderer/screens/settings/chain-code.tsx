import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ShopServerView } from '../../../main/contract/chain.ts'
import buttons from '../../components/buttons.module.css'
import styles from './settings-screen.module.css'
import type { ChainAsking } from './use-chain-setup.ts'

interface ChainCodeProps {
  readonly asking: ChainAsking
  readonly server: ShopServerView
}

const group = 4
const second = 1000
const minute = 60

/** The code that another till joins with, with the address that is typed beside it. */
export function ChainCode({ asking, server }: ChainCodeProps) {
  const { t } = useTranslation('chain')
  const { ask, isBusy } = asking
  const { pairing, addresses, tills } = server
  const { code, ended } = pairing
  return (
    <section className={styles['exports']} data-testid="chain-pairing">
      <h3>{t('code.title')}</h3>
      <p>{t('code.hint')}</p>
      {addresses.length === 0 ? (
        <p className={styles['warning']} data-testid="chain-no-address">
          {t('here.noAddress')}
        </p>
      ) : (
        <div>
          <p>{t('here.address')}</p>
          {addresses.map((address) => (
            <p key={address} className={styles['suggested']} data-testid="chain-shown-address">
              {address}
            </p>
          ))}
        </div>
      )}
      {code !== null && (
        <div>
          <p className={styles['digits']} data-testid="chain-code">
            <span aria-hidden>
              {code.slice(0, group)} {code.slice(group)}
            </span>
            <span className="visually-hidden">
              {t('code.spelled', { code: Array.from(code).join(' ') })}
            </span>
          </p>
          <p data-testid="chain-code-left">
            {t('code.left', { time: clockOf(pairing.leftMs), count: pairing.attemptsLeft })}
          </p>
        </div>
      )}
      {ended !== null && (
        <output className={styles['standing']} data-testid="chain-code-ended" data-ended={ended}>
          {t(`code.ended.${ended}`, { name: pairing.name ?? '' })}
        </output>
      )}
      <div className={styles['row']}>
        <Button
          className={buttons[code === null ? 'primary' : 'quiet'] ?? ''}
          isDisabled={isBusy}
          data-testid="chain-offer"
          onPress={() =>
            void ask(() =>
              code === null ? window.till.chain.offerCode({}) : window.till.chain.withdrawCode({}),
            )
          }
        >
          {code !== null
            ? t('code.withdraw')
            : t(tills.length > 1 ? 'code.offerNext' : 'code.offer')}
        </Button>
      </div>
    </section>
  )
}

/** Returns minutes and seconds, `9:05`. */
function clockOf(ms: number): string {
  const seconds = Math.ceil(ms / second)
  return `${Math.floor(seconds / minute)}:${String(seconds % minute).padStart(2, '0')}`
}
