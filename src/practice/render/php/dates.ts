import type { Builtin, Expression } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import type { Write } from './builtins.ts'
import { operand } from './expressions.ts'
import { quoted } from './literals.ts'
import { intValue, isSimple } from './numbers.ts'
import type { Writing } from './writing.ts'
import { atom, call, infix, levels, prefix, send } from './written.ts'

const part =
  (letter: string): Write =>
  ([date]) =>
    prefix('(int) ', send(date!, 'format', atom(quoted(letter))))

/** Dates are `DateTimeImmutable`; spans of days are ints. */
export const dates: Partial<Record<Builtin, Write>> = {
  date([year, month, day], { arguments: args }) {
    const numbers = args.map(intValue)
    if (numbers.every((one) => one !== undefined)) {
      const [y, m, d] = numbers.map((one, at) => String(one).padStart(at === 0 ? 4 : 2, '0'))
      return made(atom(quoted(`${y}-${m}-${d}`)))
    }
    return made(call('sprintf', atom("'%04d-%02d-%02d'"), year!, month!, day!))
  },
  'date.year': part('Y'),
  'date.month': part('n'),
  'date.day': part('j'),
  'date.weekday': (args, of, writing) => infix(part('N')(args, of, writing), '-', atom('1'), levels.sum),
  'date.isoformat': ([date]) => send(date!, 'format', atom("'Y-m-d'")),
  'date.fromisoformat': ([text]) => made(text!),
  'date.replace'([date, ...parts], { arguments: [of, ...given] }, writing) {
    if (!isSimple(of!)) throw new Unsupported('a date that is computed, with another part')
    const args = ['Y', 'n', 'j'].map((letter, at) =>
      given[at]!.kind === 'none'
        ? part(letter)([date!], { kind: 'builtin', name: 'date.day', arguments: [], type: of!.type }, writing)
        : parts[at]!,
    )
    return send(date!, 'setDate', ...args)
  },
  timedelta: ([days]) => days ?? atom('0'),
  'timedelta.days': ([span]) => span!,
}

function made(text: Operand): Operand {
  return { doc: ['new DateTimeImmutable(', text.doc, ')'], level: levels.unary }
}

/** A date and a span of days, or the days between two dates. */
export function plusDays(
  { operator, left, right }: Expression & { kind: 'arithmetic' },
  writing: Writing,
): Operand {
  if (left.type.kind === 'date' && right.type.kind === 'date') {
    const between = send(operand(right, writing), 'diff', operand(left, writing))
    return prefix('(int) ', send(between, 'format', atom("'%r%a'")))
  }
  const [date, days] = left.type.kind === 'date' ? [left, right] : [right, left]
  const literal = spanOf(days)
  const receiver = operand(date, writing)
  if (literal !== undefined && literal >= 0)
    return send(
      receiver,
      'modify',
      atom(quoted(`${operator === '-' ? '-' : '+'}${literal} ${literal === 1 ? 'day' : 'days'}`)),
    )
  const span = operand(days, writing)
  const signed = operator === '-' ? prefix('-', span) : span
  return send(receiver, 'modify', call('sprintf', atom("'%+d days'"), signed))
}

function spanOf(of: Expression): number | undefined {
  return of.kind === 'builtin' && of.name === 'timedelta' ? intValue(of.arguments[0]) : undefined
}
