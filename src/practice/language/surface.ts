import { UserError } from '../../lib/index.ts'
import type { SyntaxNode, TreeReader } from '../../syntax/index.ts'

/** A node of the surface text: tree-sitter's, with its text at hand and comments left out. */
export interface Node {
  type: string
  field: string | null
  text: string
  source: string
  start: number
  /** What the grammar has a name for. */
  children: Node[]
  /** Keywords, operators and brackets. */
  tokens: Node[]
}

/** Nobody writes deeper than this; a random text may. */
const deepest = 150

/** Reads a text that has to be Python without a syntax error. */
export function readSurface(reader: TreeReader, source: string): Node {
  const tree = reader.read(source, deepest)
  if (tree === undefined) throw new UserError('The code is nested too deeply.', 'Break it into functions.')
  const broken = firstError(tree)
  if (broken !== undefined) {
    const at = toNode(source, broken)
    refuse(
      at,
      broken.missing ? `\`${broken.type}\` is missing here` : 'this is not Python',
      'Mend the syntax.',
    )
  }
  return toNode(source, tree)
}

function firstError(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === 'ERROR' || node.missing) return node
  for (const child of node.children) {
    const found = firstError(child)
    if (found !== undefined) return found
  }
  return undefined
}

function toNode(source: string, { type, field, start, end, children }: SyntaxNode): Node {
  const code = children.filter((child) => child.type !== 'comment')
  return {
    type,
    field,
    text: source.slice(start, end),
    source,
    start,
    children: code.filter((child) => child.named).map((child) => toNode(source, child)),
    tokens: code.filter((child) => !child.named).map((child) => toNode(source, child)),
  }
}

/** The child that is this to its parent. */
export function part(node: Node, field: string): Node | undefined {
  return node.children.find((child) => child.field === field)
}

/** The same where the grammar always has one. */
export function need(node: Node, field: string): Node {
  return part(node, field) ?? refuse(node, 'this is not complete', 'Mend the syntax.')
}

/** Takes brackets off that only group. */
export function bare(node: Node): Node {
  const [inner] = node.children
  return node.type === 'parenthesized_expression' && inner !== undefined ? bare(inner) : node
}

/** Throws a {@link UserError} that says where, what is wrong and what to write instead. */
export function refuse(at: Node, problem: string, instead: string): never {
  const before = at.source.slice(0, at.start)
  const line = before.split('\n').length
  const column = at.start - before.lastIndexOf('\n')
  throw new UserError(`Line ${line}, column ${column}, \`${excerpt(at.text)}\`: ${problem}.`, instead)
}

function excerpt(text: string): string {
  const [line = '', more] = text.split('\n', 2)
  return line.length > 60 || more !== undefined ? `${line.slice(0, 60)} …` : line
}

/** A node that the surface does not have, at the place of one that it has: what `key=len` stands for. */
export function madeNode(
  at: Node,
  type: string,
  text: string,
  children: Node[] = [],
  field: string | null = null,
): Node {
  return { type, field, text, source: at.source, start: at.start, children, tokens: [] }
}
