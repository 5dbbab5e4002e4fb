/** The completion before the first of the stops that appears in it. */
export function cutAtStops(completion: string, stops: readonly string[]): string {
  let end = completion.length
  for (const stop of stops) {
    const found = stop === '' ? -1 : completion.indexOf(stop)
    if (found >= 0 && found < end) end = found
  }
  return completion.slice(0, end)
}
