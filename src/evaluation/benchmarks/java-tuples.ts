/**
 * MultiPL-E's Java programs import org.javatuples, which a bare JDK lacks. The tuples that a program names (the data
 * itself uses `Pair`, made by `with`) are put into it instead, and the import is taken out.
 */

const arities = { Pair: 2, Triplet: 3, Quartet: 4, Quintet: 5 }

export function withTuples(code: string): string {
  const source = code.replace(/^import org\.javatuples\.\*;$/m, '')
  const needed = Object.entries(arities).filter(([name]) => new RegExp(`\\b${name}\\b`).test(source))
  return [source, ...needed.map(([name, arity]) => tupleClass(name, arity))].join('')
}

function tupleClass(name: string, arity: number): string {
  const indices = Array.from({ length: arity }, (_, index) => index)
  const types = indices.map((index) => `T${index}`).join(', ')
  const values = indices.map((index) => `value${index}`).join(', ')
  const parameters = indices.map((index) => `T${index} value${index}`).join(', ')
  const setter = (at: number) => {
    const typesAfter = indices.map((index) => (index === at ? 'X' : `T${index}`)).join(', ')
    const valuesAfter = indices.map((index) => (index === at ? 'value' : `value${index}`)).join(', ')
    return `    public <X> ${name}<${typesAfter}> setAt${at}(X value) { return new ${name}<>(${valuesAfter}); }`
  }
  return `
final class ${name}<${types}> {
${indices.map((index) => `    private final T${index} value${index};`).join('\n')}
    public ${name}(${parameters}) {
${indices.map((index) => `        this.value${index} = value${index};`).join('\n')}
    }
    public static <${types}> ${name}<${types}> with(${parameters}) { return new ${name}<>(${values}); }
${indices.map((index) => `    public T${index} getValue${index}() { return value${index}; }`).join('\n')}
${indices.map(setter).join('\n')}
    public java.util.List<Object> toList() { return java.util.Arrays.asList(${values}); }
    public Object getValue(int index) { return toList().get(index); }
    public boolean contains(Object value) { return toList().contains(value); }
    public int getSize() { return ${arity}; }
    @Override public boolean equals(Object other) {
        return other instanceof ${name} && toList().equals(((${name}<${indices.map(() => '?').join(', ')}>) other).toList());
    }
    @Override public int hashCode() { return toList().hashCode(); }
    @Override public String toString() { return toList().toString(); }
}
`
}
