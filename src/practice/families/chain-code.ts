/** Writes a chain as a program: one expression, named steps, loops, or a helper for each step. */
import type { Random } from '../../lib/index.ts'
import { libraryNames } from '../language/library.ts'
import type { Chain, Guard, Link } from './chain.ts'
import { fillAxes, identifiersOf, pick } from './choose.ts'

const forms = ['expression', 'expression', 'variables', 'loops', 'helpers'] as const
type Form = (typeof forms)[number]

/** Expressions beyond this many characters are parted into named steps. */
const longestExpression = 76

/** @param form how it is written; drawn where absent. */
export function writeChain(
  chain: Chain,
  random: Random,
  form: Form = pick(forms, random),
): { code: string; entry: string } {
  const helpers: string[] = []
  const used = new Set([chain.input.name, chain.entry])
  const body = new Body(used)
  let current = chain.input.name
  chain.links.forEach((link, index) => {
    const guard = chain.guards.find(({ before }) => before === index)
    if (guard !== undefined) {
      current = body.named(current, previousName(chain, index))
      body.lines.push(...guardLines(guard, current, body.fresh(link.words.variables)))
    }
    if (form === 'helpers') {
      const name = body.fresh([link.stage.stage.replaceAll('-', '_')])
      helpers.push(helperOf(link, name))
      current = `${name}(${current})`
      if (random() < 0.4) current = body.named(current, stageName(link))
    } else current = continued(body, link, current, form, previousName(chain, index))
  })
  body.lines.push(`return ${current}`)
  const entry = `def ${chain.entry}(${chain.input.name}: ${chain.input.type}) -> ${chain.result}:\n${indented(body.lines)}`
  return { code: `${[...helpers, entry].join('\n\n\n')}\n`, entry: chain.entry }
}

/** The statements of one function and the names it uses. */
class Body {
  readonly lines: string[] = []
  readonly used: Set<string>

  constructor(used: Set<string>) {
    this.used = used
  }

  /** The first of the names that is free, else the last with a number. */
  fresh(names: readonly string[]): string {
    let name = names.find((candidate) => !this.used.has(candidate))
    for (let number = 2; name === undefined; number++) {
      const numbered = `${names.at(-1)}_${number}`
      if (!this.used.has(numbered)) name = numbered
    }
    this.used.add(name)
    return name
  }

  /** A name for the value of an expression: itself, or a new variable. */
  named(expression: string, wanted: string): string {
    if (/^\w+$/.test(expression)) return expression
    const name = this.fresh([wanted])
    this.lines.push(`${name} = ${expression}`)
    return name
  }
}

/** What comes after one more link: an expression. Statements that it needs go to the body. */
function continued(body: Body, link: Link, current: string, form: Form, before: string): string {
  const { stage } = link
  const asLoop = stage.loop !== undefined && (stage.code === undefined || form === 'loops')
  if (asLoop) {
    const input = body.named(current, before)
    const out = body.fresh([stageName(link)])
    body.lines.push(...loopOf(link, input, out, body).split('\n'))
    return out
  }
  const template = fillAxes(stage.code as string, link.options)
  const timesUsed = template.split('$it').length - 1 - (template.split('$item').length - 1)
  const input = timesUsed > 1 ? body.named(current, before) : current
  const whole = expressionOf(template, link, input, body)
  if (whole.length > longestExpression && input === current && !/^\w+$/.test(input))
    return expressionOf(template, link, body.named(input, before), body)
  return form === 'variables' ? body.named(whole, stageName(link)) : whole
}

function expressionOf(template: string, link: Link, input: string, body: Body): string {
  const free = freshened(template, link, body)
  return free.replace(
    /(\b(?:sum|any|all|min|max|join|sorted|set)\()?\$it(?!\w)(\))?/g,
    (_, call = '', close = '') => {
      const comprehension = /^\[(.* for .*)\]$/.exec(input)
      if (call !== '' && close !== '' && comprehension !== null && isOneBracket(input))
        return `${call}${comprehension[1]}${close}`
      const wrapped = call === '' && hasOuterBlank(input) ? `(${input})` : input
      return `${call}${wrapped}${close}`
    },
  )
}

function loopOf(link: Link, input: string, out: string, body: Body): string {
  const loop = freshened(fillAxes(link.stage.loop as string, link.options), link, body)
  return loop
    .trimEnd()
    .replace(/\$it(?!\w)/g, input)
    .replace(/\$out\b/g, out)
}

/** `$item` and the names that a template binds itself, none of them used in the function already. */
function freshened(template: string, link: Link, body: Body): string {
  const item = template.includes('$item') ? body.fresh(link.words.variables) : ''
  const bound = new Set<string>()
  for (const match of template.matchAll(/\bfor ([\w, $]+?) in\b/g))
    for (const name of (match[1] as string).split(',')) bound.add(name.trim())
  for (const match of template.matchAll(/^ *([a-z_]\w*)(?:: [^=]+)? [-+*]?= /gm))
    bound.add(match[1] as string)
  for (const match of template.matchAll(/\blambda (\w+)/g)) bound.add(match[1] as string)
  let out = template.replace(/\$item\b/g, item)
  for (const name of bound) {
    if (name.startsWith('$') || name === '_') continue
    const free = body.fresh([name, `other_${name}`])
    if (free !== name) out = out.replace(new RegExp(`(?<![\\w$.])${name}\\b`, 'g'), free)
  }
  return out
}

function helperOf(link: Link, name: string): string {
  const { stage } = link
  const parameter =
    /^[a-z]+$/.test(link.words.many) && stage.from.startsWith('list')
      ? link.words.many
      : stage.from === 'str'
        ? 'text'
        : 'given'
  const body = new Body(new Set([parameter, name]))
  if (stage.code === undefined) {
    const out = body.fresh(['result'])
    body.lines.push(...loopOf(link, parameter, out, body).split('\n'), `return ${out}`)
  } else body.lines.push(`return ${expressionOf(fillAxes(stage.code, link.options), link, parameter, body)}`)
  return `def ${name}(${parameter}: ${stage.from}) -> ${stage.to}:\n${indented(body.lines)}`
}

function guardLines(guard: Guard, input: string, item: string): string[] {
  const condition = guard.code.replace(/\$item\b/g, item).replace(/\$it(?!\w)/g, input)
  return [`if ${condition}:`, `    return ${guard.value}`]
}

function stageName({ stage, options }: Link): string {
  const name = fillAxes(stage.name, options, 'name')
  return identifiersOf(stage.code ?? '').includes(name) || libraryNames.has(name) ? `${name}_value` : name
}

function previousName(chain: Chain, index: number): string {
  const previous = chain.links[index - 1]
  return previous === undefined ? chain.input.name : stageName(previous)
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n')
}

/** A blank outside brackets and strings: an operator is there. */
function hasOuterBlank(expression: string): boolean {
  const bare = expression.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '""')
  let depth = 0
  for (const character of bare) {
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (character === ' ' && depth === 0) return true
  }
  return false
}

/** The first bracket is closed by the last character: `[a for a in b]`, not `[1][0]`. */
function isOneBracket(expression: string): boolean {
  let depth = 0
  for (const [index, character] of [...expression].entries()) {
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    if (depth === 0 && index < expression.length - 1) return false
  }
  return true
}
