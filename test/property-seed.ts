import fc from 'fast-check'

/**
 * Property tests draw the same cases on every run, so that a run says something of the change and not of its luck.
 * `UNDERSTUDY_FUZZ=1` draws new ones: run it now and then, and keep what it finds as a test of its own.
 */
if (!process.env.UNDERSTUDY_FUZZ) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_210_707 })
