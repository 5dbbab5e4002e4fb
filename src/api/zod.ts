import * as z from 'zod'

// Zod compiles schemas with `new Function` where it may. A page under a strict Content-Security-Policy may not,
// and its browser reports the attempt, so the interpreter is used everywhere: microseconds a request.
z.config({ jitless: true })

export { z }
