import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { expression, several } from './expressions.ts'
import type { Entries } from './library.ts'
import { parsed } from './numbers.ts'
import { canRaise } from './raising.ts'
import { atom, binary, call, type Go, method } from './syntax.ts'
import { helper, isSimple } from './writing.ts'

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
]

const layout = atom('"2006-01-02"')

export const dates: Entries = {
  date(args, writing, of, goal) {
    const [year, month, day] = several(args, writing, (part) => expression(part, writing))
    if (canRaise(of, writing.knowledge, true))
      return parsed(helper(writing, 'newDate', year!, month!, day!), goal, writing, 'day', 'date')
    return dateOf(year!, monthOf(args[1]!, month!), day!)
  },
  'date.year': ([of], writing) => method(expression(of!, writing), 'Year'),
  'date.month': ([of], writing) => call('int', method(expression(of!, writing), 'Month')),
  'date.day': ([of], writing) => method(expression(of!, writing), 'Day'),
  'date.weekday': ([of], writing) =>
    binary(binary(call('int', method(expression(of!, writing), 'Weekday')), '+', atom('6')), '%', atom('7')),
  'date.isoformat': ([of], writing) => method(expression(of!, writing), 'Format', layout),
  'date.fromisoformat': ([of], writing, _, goal) =>
    parsed(call('time.Parse', layout, expression(of!, writing)), goal, writing, 'day', 'date'),
  'date.replace'(args, writing, of, goal) {
    const [date, ...parts] = args
    if (!isSimple(date!)) throw new Unsupported('a replacement in a computed date')
    const held = expression(date!, writing)
    const given = parts.map((part) => (part.kind === 'none' ? undefined : expression(part, writing)))
    const year = given[0] ?? method(held, 'Year')
    const day = given[2] ?? method(held, 'Day')
    if (canRaise(of, writing.knowledge, true)) {
      const month = given[1] ?? call('int', method(held, 'Month'))
      return parsed(helper(writing, 'newDate', year, month, day), goal, writing, 'day', 'date')
    }
    return dateOf(year, given[1] ? monthOf(parts[1]!, given[1]) : method(held, 'Month'), day)
  },
  timedelta: ([of], writing) => (of ? expression(of, writing) : atom('0')),
  'timedelta.days': ([of], writing) => expression(of!, writing),
}

function dateOf(year: Go, month: Go, day: Go): Go {
  const zero = atom('0')
  return call('time.Date', year, month, day, zero, zero, zero, zero, atom('time.UTC'))
}

function monthOf(of: Expression, month: Go): Go {
  const name = of.kind === 'int' ? months[of.value - 1] : undefined
  return name ? atom(`time.${name}`) : call('time.Month', month)
}
