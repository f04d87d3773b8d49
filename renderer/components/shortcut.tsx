import styles from './shortcut.module.css'

/** The key that does the same as the control it stands in. */
export function Shortcut({ keys }: { readonly keys: string }) {
  return <kbd className={styles['keys']}>{keys}</kbd>
}
