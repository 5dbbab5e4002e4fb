import { describe, expect, it } from 'vitest'
import { findPython } from './python.ts'

describe('finding Python', () => {
  it('says what to install where there is none, or none with PyTorch', async () => {
    await expect(findPython({ UNDERSTUDY_PYTHON: '/nowhere/python3' })).rejects.toMatchObject({
      message: 'Training needs Python with PyTorch, and there is no /nowhere/python3.',
      hint: expect.stringContaining('apt-get install python3-torch libopenblas0-openmp'),
    })
    // A program that is there and answers as a Python without the module does.
    await expect(findPython({ UNDERSTUDY_PYTHON: '/bin/false' })).rejects.toMatchObject({
      message: 'Training needs PyTorch, and /bin/false does not have it.',
    })
  })
})
