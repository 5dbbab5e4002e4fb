import type { Expression, FunctionDeclaration, Program } from '../language/program.ts'
import { type Knowledge, knowledgeOf } from './knowledge.ts'

/** A function, method or constructor, with the key by which analyses keep it. */
export interface Subject {
  /** `count`, `Cart.add`, and `Cart` for the constructor. */
  key: string
  declaration: FunctionDeclaration
  /** Its class, where it has one. */
  of?: string
  knowledge: Knowledge
}

export function subjectsOf(program: Program): Map<string, Subject> {
  const subjects: Subject[] = []
  for (const { name, methods, ...declared } of program.classes) {
    const init = { name: '__init__', ...declared.constructor, result: { kind: 'none' } as const }
    subjects.push({ key: name, declaration: init, of: name, knowledge: knowledgeOf(init) })
    for (const method of methods)
      subjects.push({
        key: `${name}.${method.name}`,
        declaration: method,
        of: name,
        knowledge: knowledgeOf(method),
      })
  }
  for (const declaration of program.functions)
    subjects.push({ key: declaration.name, declaration, knowledge: knowledgeOf(declaration) })
  return new Map(subjects.map((subject) => [subject.key, subject]))
}

/** The key of what a call in the tree calls. */
export function calleeOf(expression: Expression): string | undefined {
  if (expression.kind === 'call') return expression.function
  if (expression.kind === 'construct') return expression.name
  if (expression.kind === 'method' && expression.of.type.kind === 'record')
    return `${expression.of.type.name}.${expression.name}`
  return undefined
}
