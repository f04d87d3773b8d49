import { useEffect, useEffectEvent } from 'react'

/**
 * Arrow up and down choose another person while their PIN is typed, so that nobody has to leave the field for it.
 */
export function usePersonKeys(
  staff: readonly { readonly id: string }[],
  chosen: string | null,
  onChoose: (id: string) => void,
): void {
  const move = useEffectEvent((event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    // On a tile the arrows are the group's own.
    const isOnTile = event.target instanceof Element && event.target.closest('[role=radiogroup]')
    if (step === 0 || isOnTile || staff.length === 0) return
    event.preventDefault()
    const at = staff.findIndex(({ id }) => id === chosen)
    const next = staff[at === -1 ? 0 : (at + step + staff.length) % staff.length]
    if (next !== undefined) onChoose(next.id)
  })
  useEffect(() => {
    const ended = new AbortController()
    window.addEventListener('keydown', (event) => move(event), ended)
    return () => ended.abort()
  }, [])
}
