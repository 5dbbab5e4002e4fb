// Calls each rendering with its examples and prints whether all came out as expected. Runs as TypeScript, too.
function same(a, b) {
  if (typeof a === 'number' && typeof b === 'number')
    return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  if (a instanceof Date) return a.getTime() === b.getTime()
  if (a instanceof Set) return a.size === b.size && [...a].every((item) => has([...b], item))
  if (a instanceof Map) return a.size === b.size && [...a].every((entry) => has([...b], entry))
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  )
}

function has(items, wanted) {
  return items.some((item) => same(item, wanted))
}

function show(value) {
  const text =
    JSON.stringify(value, (_, of) => (of instanceof Set || of instanceof Map ? [...of] : of)) ?? 'undefined'
  return text.length > 200 ? text.slice(0, 200) + '…' : text
}

function problem(entry, example) {
  let value
  try {
    value = entry(...example.arguments())
  } catch (error) {
    return example.raises ? undefined : 'raised ' + String(error).split('\n')[0]
  }
  if (example.raises) return 'returned ' + show(value) + ' instead of an error'
  if (example.nothing || same(value, example.value())) return undefined
  return 'returned ' + show(value) + ', expected ' + show(example.value())
}

function check(index, load, examples) {
  let reason
  try {
    const entry = load()
    examples.forEach((example, number) => {
      const found = reason === undefined ? problem(entry, example) : undefined
      if (found !== undefined) reason = 'example ' + (number + 1) + ' ' + found
    })
  } catch (error) {
    reason = 'raised ' + String(error).split('\n')[0]
  }
  console.log(index + ' ' + (reason ?? 'ok'))
}
