'use strict'
// Loaded before a JavaScript program. Where the program came to its end (the event loop is empty and no error went
// uncaught), passes the nonce from descriptor 3 to descriptor 4; `process.exit` is not an end. What is needed for that
// is taken before the program runs, and lies where it cannot reach.

const { readSync, writeSync, closeSync } = require('node:fs')
const { getCallSites } = require('node:util')
const { EventEmitter } = require('node:events')
const assert = require('node:assert')

const nonce = Buffer.alloc(64)
const length = readSync(3, nonce)
closeSync(3)

const { apply } = Reflect
const { listeners } = EventEmitter.prototype
const hasCapture = process.hasUncaughtExceptionCaptureCallback
const exitNow = process.reallyExit
let uncaught = false
const noteError = () => {
  uncaught = true
}

let tested = true
if (process.argv.at(-1) === '--tests') {
  process.argv.pop()
  tested = false
  require('node:test').beforeEach(() => {
    tested = true
  })
}

process.on('uncaughtExceptionMonitor', noteError)
process.on('exit', (status) => {
  if (!tested) process._rawDebug('no tests')
  const own = status === 0 && (process.exitCode ?? 0) === 0 && tested && endedByItself() && !uncaught
  writeSync(4, own && sawErrors() ? nonce.subarray(0, length) : '!')
})
// `process.exit` passes here, the end by itself does not. A second message on the channel spoils the verdict.
process.reallyExit = (status) => {
  writeSync(4, '!')
  apply(exitNow, process, [status])
}

/** Called by the runtime itself, the stack is this file and Node's emitter; by a program or a task, there is more. */
function endedByItself() {
  const sites = getCallSites(4)
  return sites.length === 3 && sites[2].scriptName === 'node:events'
}

/** An error that a handler swallowed is an error all the same, so the listener must still be there. */
function sawErrors() {
  const all = apply(listeners, process, ['uncaughtExceptionMonitor'])
  for (let index = 0; index < all.length; index++)
    if (all[index] === noteError) return !apply(hasCapture, process, [])
  return false
}

// A program that replaces an assertion must not weaken the tests that follow it.
for (const value of [assert, assert.strict, assert.AssertionError, assert.AssertionError.prototype])
  Object.freeze(value)
