import { builtinModules, createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { projectRoot } from '../../lib/paths.ts'
import { javascript, ranOutOfHeap, runNode } from './javascript.ts'
import type { Language } from './language.ts'

/**
 * TypeScript, type-checked by the compiler (a type error fails, as in MultiPL-E); what it emits runs as JavaScript. Types
 * are those of the language itself; Node's modules and globals are `any`: with those of Node and of the browser, a check takes seven times as long.
 */
const library = compilerFolder()
const compiler = join(library, 'tsc')

export const typescript: Language = {
  name: 'typescript',
  packages: [],
  needs: [...javascript.needs, compiler],
  tools: { ...javascript.tools, [library]: '/tools/typescript' },
  version: [compiler, '--version'],
  harness: javascript.harness,
  prepare({ source, entry, limits }) {
    const name = awaitsOutsideFunctions(source) ? 'program.mts' : 'program.cts'
    return {
      files: { [name]: source, 'node.d.ts': typesOfNode },
      compile: [
        ...[
          '/tools/typescript/tsc',
          '--ignoreConfig',
          '--target',
          'es2023',
          '--lib',
          'es2023',
          '--types',
          '',
        ],
        // A module always, so that its names do not clash with Node's.
        ...['--module', 'nodenext', '--moduleDetection', 'force', '--strict', 'false', '--pretty', 'false'],
        ...['--singleThreaded', 'node.d.ts', name],
      ],
      run: runNode(`/cell/${name.replace('ts', 'js')}`, entry, limits?.bytes),
      environment: { NO_COLOR: '1' },
      memoryLimit: 'resident',
    }
  },
  ranOutOfMemory: ranOutOfHeap,
}

const globals = [
  ...[
    'require',
    'module',
    'exports',
    '__filename',
    '__dirname',
    'process',
    'console',
    'Buffer',
    'performance',
  ],
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'],
  ...['queueMicrotask', 'structuredClone', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder'],
  ...['AbortController', 'AbortSignal', 'Event', 'EventTarget', 'crypto', 'fetch', 'btoa', 'atob'],
]
const typesOfNode = [
  ...globals.map((name) => `declare var ${name}: any`),
  ...['node:*', ...builtinModules].map((name) => `declare module '${name}'`),
].join('\n')

/** Only a module of ECMAScript may; anything else is CommonJS, which may use `require` and `import` alike. */
function awaitsOutsideFunctions(source: string): boolean {
  return /^(await|for await|(const|let|var)\b[^=]*=\s*await)\b/m.test(source) && !/\brequire\(/.test(source)
}

/** Where npm has put the compiler for this platform: an executable beside the types of the language. */
function compilerFolder(): string {
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`
  try {
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
    return join(dirname(createRequire(typescript).resolve(platform)), 'lib')
  } catch {
    // Its absence is said when a program wants it.
    return join(projectRoot, 'node_modules', dirname(platform), 'lib')
  }
}
