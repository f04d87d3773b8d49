import { FileKey2, FolderOpen } from 'lucide-react'
import { Button, DropZone, isFileDropItem, type DropItem } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import styles from './setup-screen.module.css'

interface FileDropProps {
  readonly label: string
  readonly description: string
  readonly testId: string
  readonly onChoose: () => void
  readonly onDrop: (files: readonly object[]) => void
  readonly children?: React.ReactNode
}

/** Takes files, by the system's dialog or by dropping them. */
export function FileDrop(props: FileDropProps) {
  const { t } = useTranslation('setup')
  const { label, description, testId, onChoose, onDrop, children } = props
  const drop = async (items: readonly DropItem[]): Promise<void> => {
    onDrop(await Promise.all(items.filter(isFileDropItem).map((item) => item.getFile())))
  }
  return (
    <section className={styles['files']} aria-label={label}>
      <span className={styles['label']}>{label}</span>
      <DropZone
        className={styles['drop'] ?? ''}
        data-testid={testId}
        onDrop={({ items }) => void drop(items)}
      >
        <FileKey2 aria-hidden size={28} />
        <span>
          {description}
          <br />
          <span className={styles['soft']}>{t('screen.drop')}</span>
        </span>
        <Button className={buttons['quiet'] ?? ''} onPress={onChoose}>
          <FolderOpen aria-hidden size={20} />
          {t('screen.choose')}
        </Button>
      </DropZone>
      {children}
    </section>
  )
}
