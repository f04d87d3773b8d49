import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../components/buttons.module.css'
import styles from './office.module.css'

/** Below a list: how much of it is shown, and the way to the rest. */
export function MoreButton({
  count,
  hasMore,
  onMore,
}: {
  readonly count: number
  readonly hasMore: boolean
  readonly onMore: () => Promise<void>
}) {
  const { t } = useTranslation('office')
  return (
    <div className={styles['more']}>
      <span>{t('list.count', { count })}</span>
      {hasMore && (
        <Button className={buttons['quiet'] ?? ''} data-testid="more" onPress={() => void onMore()}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}
