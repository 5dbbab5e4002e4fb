/**
 * The reference interpreter: what a program of the exercise language means, which is what Python 3 does with its
 * source, checked against CPython by `interpret.test.ts`. The tree is compiled to closures once, then run for
 * as many inputs as one likes. It never gives a wrong answer in silence: integers past ±2^53, programs that run too
 * long or grow too large, and the few things that it does not do are outcomes of their own.
 */
import { UserError } from '../../lib/index.ts'
import { fromRuntime, toRuntime, type World } from './interpret-border.ts'
import {
  createMachine,
  defaultLimits,
  type Limits,
  Raised,
  Stopped,
  type StopReason,
} from './interpret-machine.ts'
import { type Callable, functionScope } from './interpret-scope.ts'
import { compileFunction } from './interpret-statements.ts'
import { layoutsOf, type Runtime } from './interpret-values.ts'
import type { FunctionDeclaration, Program } from './program.ts'
import type { Outcome, Value } from './value.ts'

export { defaultLimits, type Limits, type StopReason } from './interpret-machine.ts'

export type Interpretation =
  | {
      outcome: Outcome
      /** The largest absolute value of any integer that occurred, literals and arguments included. */
      largestInteger: number
    }
  | { stopped: StopReason; why: string }

/** Calls a function of the program; arguments may be fewer than its parameters where those have defaults. */
export type Interpreter = (
  functionName: string,
  args: readonly Value[],
  limits?: Partial<Limits>,
) => Interpretation

/**
 * Calls one function of a program. To call it often, {@link prepare} once.
 * @throws UserError where the function does not exist, or an argument is not of its parameter's type.
 */
export function interpret(
  program: Program,
  functionName: string,
  args: readonly Value[],
  limits?: Partial<Limits>,
): Interpretation {
  return prepare(program)(functionName, args, limits)
}

/** Makes a program ready to run. What the interpreter does not do shows when it is called. */
export function prepare(program: Program): Interpreter {
  const machine = createMachine()
  const layouts = layoutsOf(program)
  const functions = new Map<string, Callable>()
  const methods = new Map<string, Callable>()
  const world = { machine, layouts, functions, methods }
  const make = ({ parameters, body }: Pick<FunctionDeclaration, 'parameters' | 'body'>) =>
    whenCalled(() => compileFunction(parameters, body, functionScope(world)))
  for (const declaration of program.functions) functions.set(declaration.name, make(declaration))
  for (const declaration of program.classes) {
    methods.set(declaration.name, make(declaration.constructor))
    for (const method of declaration.methods) methods.set(`${declaration.name}.${method.name}`, make(method))
  }

  return (functionName, args, limits) => {
    const declaration = program.functions.find(({ name }) => name === functionName)
    if (declaration === undefined || args.length > declaration.parameters.length)
      throw new UserError(
        `The program has no function ${functionName} of ${args.length} parameters.`,
        'Give one input for each parameter of the function.',
      )
    machine.start({ ...defaultLimits, ...limits })
    try {
      const values = args.map((value, index) => toRuntime(value, declaration.parameters[index]!.type, world))
      const outcome = call(() => functions.get(functionName)!(undefined, values), declaration, world)
      return { outcome, largestInteger: machine.largestInteger }
    } catch (error) {
      return stopOf(error)
    }
  }
}

/** Compiles at the first call, when all functions are known. */
function whenCalled(compile: () => Callable): Callable {
  let compiled: Callable | undefined
  return (self, values) => {
    compiled ??= compile()
    return compiled(self, values)
  }
}

function call(run: () => Runtime, { result }: FunctionDeclaration, world: World): Outcome {
  try {
    return { value: fromRuntime(run(), result, world) }
  } catch (error) {
    if (error instanceof Raised) return { raised: error.name }
    throw error
  }
}

/** Limits of the engine under this interpreter count as its own. */
function stopOf(error: unknown): Interpretation {
  if (error instanceof Stopped) return { stopped: error.reason, why: error.message }
  if (error instanceof RangeError)
    return { stopped: /stack/.test(error.message) ? 'depth' : 'size', why: error.message }
  throw error
}
