import { describe, expect, it } from 'vitest'
import { createProgress, describeDuration, describeEvent } from './progress.ts'
import { parseTrainerEvent } from './trainer-event.ts'

/** Lines that a real run has printed. */
const lines = [
  '{"event":"start","step":0,"tokens":0,"steps":2600,"parameters":6500000,"device":"cpu","precision":"bfloat16","threads":2,"torch":"1.13.0a0"}',
  '{"event":"step","step":1310,"tokens":10499900,"loss":3.87452,"rate":0.00733333,"tokensPerSecond":5736.9,"secondsLeft":4021.2,"gradientNorm":0.60756}',
  '{"event":"checkpoint","step":1400,"file":"checkpoint-00001400.pt"}',
  '{"event":"heldout","step":1500,"tokens":5994,"bitsPerByte":{"javascript":2.10489,"all":2.07303},"rows":64,"ofRows":429,"full":false}',
  '{"event":"stopped","step":2600,"tokens":20599400,"seconds":7300.5,"reason":"time"}',
]

function recorder(isTTY: boolean) {
  let clock = 0
  const written: string[] = []
  const progress = createProgress({ isTTY, write: (text) => written.push(text) }, () => clock)
  return { progress, written, pass: (ms: number) => (clock += ms) }
}

describe('a line about an event', () => {
  it('tells what matters in 80 columns', () => {
    const told = lines.map((line) => describeEvent(parseTrainerEvent(line)!, 2600))
    expect(told).toEqual([
      'Training from the start to 2600: 6.5M weights, cpu, bfloat16',
      ' 50 %  step 1310/2600  loss 3.875  5737 tok/s  1 h 7 min left',
      undefined,
      'Held out at step 1500: 2.073 bits per byte (of a part)',
      'The time is up at step 2600: 20.60M tokens in 2 h 1 min',
    ])
  })

  it('is nothing for a line that was cut off or is of another kind', () => {
    expect(parseTrainerEvent(lines[1]!.slice(0, 40))).toBeUndefined()
    expect(parseTrainerEvent('{"event":"step","step":"many"}')).toBeUndefined()
    expect(parseTrainerEvent('null')).toBeUndefined()
  })
})

describe('progress', () => {
  it('is one line that is written over on a terminal, and cleared behind', () => {
    const { progress, written, pass } = recorder(true)
    progress.show('x'.repeat(200))
    progress.show('too soon')
    pass(100)
    progress.show('short')
    progress.close()
    expect(written).toEqual([`\r${'x'.repeat(79)}\u001b[K`, '\rshort\u001b[K', '\n'])
  })

  it('is a plain line in ten seconds elsewhere, and kept lines at once', () => {
    const { progress, written, pass } = recorder(false)
    progress.show('first')
    pass(9000)
    progress.show('too soon')
    progress.show('kept', true)
    progress.show('next')
    progress.close()
    expect(written).toEqual(['first\n', 'kept\n', 'next\n'])
  })

  it('names durations in two units', () => {
    expect([0.4, 59.6, 61, 3725, -3].map(describeDuration)).toEqual([
      '0 s',
      '1 min 0 s',
      '1 min 1 s',
      '1 h 2 min',
      '0 s',
    ])
  })
})
