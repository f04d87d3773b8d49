import { X } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import styles from './taken-list.module.css'

interface TakenListProps {
  readonly names: readonly string[]
  readonly onRemove: (name: string) => void
}

/** The files that were handed over, each with a button that takes it back. */
export function TakenList({ names, onRemove }: TakenListProps) {
  const { t } = useTranslation('setup')
  if (names.length === 0) return null
  return (
    <ul className={styles['files']} data-testid="taken-list">
      {names.map((name) => (
        <li key={name} className={styles['file']}>
          <span className={styles['name']}>{name}</span>
          <Button
            className={styles['remove'] ?? ''}
            aria-label={t('screen.removeFile', { name })}
            onPress={() => onRemove(name)}
          >
            <X aria-hidden size={20} />
          </Button>
        </li>
      ))}
    </ul>
  )
}
