import type { Builtin } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import type { Write } from './builtins.ts'
import { operand } from './expressions.ts'
import { isSimple } from './numbers.ts'
import { atom, call, infix, levels, send } from './written.ts'

const part =
  (name: string): Write =>
  ([date]) =>
    send(date!, name)

/** Dates are `Date`; spans of days are whole numbers. */
export const dates: Partial<Record<Builtin, Write>> = {
  date([year, month, day], _, writing) {
    writing.requires.add('date')
    return call('Date.new', year!.doc, month!.doc, day!.doc)
  },
  'date.year': part('year'),
  'date.month': part('month'),
  'date.day': part('day'),
  'date.weekday': ([date]) => infix(send(date!, 'cwday'), '-', atom('1'), levels.sum),
  'date.isoformat': part('iso8601'),
  'date.fromisoformat'([text], _, writing) {
    writing.requires.add('date')
    return call('Date.iso8601', text!.doc)
  },
  'date.replace'([date, ...parts], { arguments: [of, ...given] }, writing) {
    writing.requires.add('date')
    if (!isSimple(of!)) throw new Unsupported('a date that is computed, with another part')
    const [year, month, day] = ['year', 'month', 'day'].map((name, place) =>
      given[place]!.kind === 'none' ? send(date!, name).doc : parts[place]!.doc,
    )
    return call('Date.new', year!, month!, day!)
  },
  timedelta: ([days], { arguments: [of] }, writing) => (of ? operand(of, writing) : (days ?? atom('0'))),
  'timedelta.days': ([span]) => span!,
}
