import { harnessFile } from '../harness/files.ts'
import { defaultLimits } from '../program.ts'
import type { Language } from './language.ts'

/** For processes that live a second: one compiler thread, the simplest collector, no shared performance file. */
const startFast = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData', '-Xshare:auto']
const compilerFast = startFast.map((option) => `-J${option}`)
const javatuples = '/usr/share/java/javatuples.jar'
const classPath = `/cell/classes:/cache/classes:${javatuples}`

/**
 * Java with assertions on, and `org.javatuples`, which MultiPL-E needs. javac starts from an archive of its own
 * loaded classes (class data sharing): 0.5 s of processor time instead of 0.8 s.
 */
export const java: Language = {
  name: 'java',
  packages: ['default-jdk-headless', 'libjavatuples-java'],
  needs: ['/usr/bin/java', '/usr/bin/javac'],
  mounts: [
    '/etc/alternatives',
    '/etc/java-11-openjdk',
    '/etc/java-17-openjdk',
    '/etc/java-21-openjdk',
    '/etc/java-25-openjdk',
  ],
  version: ['/usr/bin/javac', '-version'],
  harness: [harnessFile('Harness.java')],
  cache: [
    ...['/usr/bin/sh', '-ec'],
    `/usr/bin/javac -J-XX:ArchiveClassesAtExit=/cache/javac.jsa ${compilerFast.join(' ')} -proc:none -d /cache/classes /harness/Harness.java`,
  ],
  prepare({ source, limits }) {
    const types = topLevelTypes(source)
    const file = (types.find((type) => type.public) ?? types[0])?.name ?? 'Main'
    const packageName = /^\s*package\s+([\w.]+)\s*;/m.exec(source)?.[1]
    const bytes = limits?.bytes ?? defaultLimits.bytes
    return {
      needs: source.includes('org.javatuples') ? [javatuples] : [],
      files: { [`${file}.java`]: source },
      compile: [
        ...['/usr/bin/javac', '-J-XX:SharedArchiveFile=/cache/javac.jsa', ...compilerFast],
        ...['-proc:none', '-nowarn', '-encoding', 'UTF-8', '-cp', classPath, '-d', 'classes', `${file}.java`],
      ],
      run: [
        // The heap is half of the limit: code, classes, stacks and the collector's tables need the rest.
        ...['/usr/bin/java', ...startFast, `-Xmx${Math.floor(bytes / 2)}`, '-ea'],
        ...['--add-opens=java.base/java.io=ALL-UNNAMED', '-cp', classPath, 'understudy.Harness'],
        ...types.map((type) => (packageName ? `${packageName}.${type.name}` : type.name)),
      ],
      memoryLimit: 'data',
    }
  },
  ranOutOfMemory: (stderr) => /OutOfMemoryError: (?!unable to create native thread)/.test(stderr),
}

/** The types outside every brace, in their order. javac wants a file named for the public one. */
export function topLevelTypes(source: string): { name: string; public: boolean }[] {
  const types: { name: string; public: boolean }[] = []
  let depth = 0
  let isPublic = false
  const tokens =
    /\/\/.*|\/\*[\s\S]*?\*\/|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|[{}();]|\b(?:class|interface|enum|record)\s+(\w+)|\bpublic\b/g
  for (const [token, name] of source.matchAll(tokens)) {
    if (token === '{' || token === '(') depth += 1
    else if (token === '}' || token === ')') depth -= 1
    else if (depth > 0) continue
    else if (token === ';') isPublic = false
    else if (token === 'public') isPublic = true
    else if (name) {
      types.push({ name, public: isPublic })
      isPublic = false
    }
  }
  return types
}
