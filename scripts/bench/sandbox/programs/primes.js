const assert = require('node:assert')

function primes(below) {
  const composite = new Array(below).fill(false)
  const found = []
  for (let n = 2; n < below; n++) {
    if (composite[n]) continue
    found.push(n)
    for (let multiple = n * n; multiple < below; multiple += n) composite[multiple] = true
  }
  return found
}

assert.equal(primes(10_000).length, 1229)
