/** Reads the body of a reply as text; `null` for more than `maxBytes`: what goes on without end is not waited for. */
export async function textOfReply(
  { body }: Pick<Response, 'body'>,
  maxBytes: number,
): Promise<string | null> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body ?? []) {
    length += piece.length
    // Leaving the loop ends the transfer.
    if (length > maxBytes) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
