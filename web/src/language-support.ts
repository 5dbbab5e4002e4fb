import { type LanguageSupport, StreamLanguage } from '@codemirror/language'
import type { Extension } from '@codemirror/state'

/** CodeMirror's support by language id, each in a file of its own that is fetched when it is chosen. */
const loaders: Record<string, () => Promise<Extension | LanguageSupport>> = {
  python: async () => (await import('@codemirror/lang-python')).python(),
  javascript: async () => (await import('@codemirror/lang-javascript')).javascript({ jsx: true }),
  typescript: async () => (await import('@codemirror/lang-javascript')).javascript({ typescript: true }),
  go: async () => (await import('@codemirror/lang-go')).go(),
  java: async () => (await import('@codemirror/lang-java')).java(),
  rust: async () => (await import('@codemirror/lang-rust')).rust(),
  c: async () => (await import('@codemirror/lang-cpp')).cpp(),
  cpp: async () => (await import('@codemirror/lang-cpp')).cpp(),
  ruby: async () => StreamLanguage.define((await import('@codemirror/legacy-modes/mode/ruby')).ruby),
  php: async () => (await import('@codemirror/lang-php')).php(),
  shell: async () => StreamLanguage.define((await import('@codemirror/legacy-modes/mode/shell')).shell),
  sql: async () => (await import('@codemirror/lang-sql')).sql(),
}

const samples = import.meta.glob<string>('../samples/*', { query: '?raw', import: 'default' })

/** Ids of the languages that the playground offers. */
export const offered = Object.keys(loaders)

/** Highlighting and indentation; nothing for a language that is not offered. */
export async function supportFor(id: string): Promise<Extension> {
  return (await loaders[id]?.()) ?? []
}

/** A short program to start from, and where its cursor stands: at the first line that waits to be written. */
export async function sampleFor(id: string): Promise<{ text: string; cursor: number }> {
  const path = Object.keys(samples).find((name) => name.split('/').at(-1)?.startsWith(`${id}.`))
  const text = ((await (path === undefined ? undefined : samples[path]?.())) ?? '').replace(/\n$/, '')
  const gap = /^[ \t]+$|[ \t]$/m.exec(text)
  return { text, cursor: gap === null ? text.length : gap.index + gap[0].length }
}
