import { spawn } from 'node:child_process'
import { hasCode, UserError } from './errors.ts'

export interface ProcessResult {
  code: number
  stdout: string
  stderr: string
}

export interface ProcessOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Written to standard input, which is then closed. */
  input?: string | Uint8Array
  signal?: AbortSignal
}

/**
 * Runs a program without a shell and gathers what it prints. An exit code other than 0 is a result, not an
 * error; a program that does not exist is a `UserError`.
 */
export function runProcess(
  command: string,
  args: string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      signal: options.signal,
      stdio: 'pipe',
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.stdin.on('error', () => {})
    child.stdin.end(options.input)
    child.on('error', (error) =>
      reject(
        hasCode(error, 'ENOENT')
          ? new UserError(
              `The program ${command} was not found.`,
              `Install ${command}, or add its folder to PATH.`,
              { cause: error },
            )
          : error,
      ),
    )
    child.on('close', (code, signal) =>
      resolve({
        code: code ?? (signal === null ? 1 : 128),
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    )
  })
}
