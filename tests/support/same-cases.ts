import fc from 'fast-check'

/**
 * Generated cases are the same on every run, so that whoever changes a line is not told of another one by chance. To look
 * for more: `CASES=$RANDOM npm test -- tests/core`.
 */
fc.configureGlobal({ seed: Number(process.env.CASES ?? 20_261_128) })
