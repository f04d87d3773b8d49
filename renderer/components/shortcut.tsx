import styles from './shortcut.module.css'

/** Shows the key that does the same as the button around it. */
export function Shortcut({ keys }: { readonly keys: string }) {
  return <kbd className={styles['keys']}>{keys}</kbd>
}
