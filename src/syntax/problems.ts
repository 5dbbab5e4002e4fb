import type { Tree } from '@vscode/tree-sitter-wasm'

/** A place where the grammar did not fit: text that fits nowhere, or something that should have been there. */
export interface Problem {
  kind: 'error' | 'missing'
  /** UTF-16 offsets; equal for `missing`. */
  start: number
  end: number
}

/** All ERROR and MISSING nodes of a tree, in order. Only subtrees that hold an error are walked. */
export function problemsOf(tree: Tree): Problem[] {
  const problems: Problem[] = []
  const cursor = tree.walk()
  try {
    for (;;) {
      const node = cursor.currentNode
      if (node.isMissing) problems.push({ kind: 'missing', start: node.startIndex, end: node.startIndex })
      else if (node.isError) problems.push({ kind: 'error', start: node.startIndex, end: node.endIndex })
      if (node.hasError && cursor.gotoFirstChild()) continue
      while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return problems
    }
  } finally {
    cursor.delete()
  }
}
