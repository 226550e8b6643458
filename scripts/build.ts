import { buildWeb } from './web.ts'

process.exitCode = (await buildWeb()) ? 0 : 1
