import { Hono } from 'hono'
import type { AppEnv } from '../app.ts'
import { deviceOf } from '../device.ts'
import { validate } from '../validate.ts'
import { openSurvey } from './open.ts'
import { surveyAnswerSchema } from './schema.ts'
import { submitSurveyAnswer } from './submit.ts'

export const surveyRoutes = new Hono<AppEnv>()
  .get('/surveys/:token', async (c) => {
    const services = c.get('services')
    const device = deviceOf(services, c.req.raw.headers)
    return c.json(await openSurvey(services, c.req.param('token'), device), 200)
  })
  .post('/survey-answers', validate('json', surveyAnswerSchema), async (c) => {
    const services = c.get('services')
    const device = deviceOf(services, c.req.raw.headers)
    const { created, ...stored } = await submitSurveyAnswer(services, c.req.valid('json'), device)
    return created ? c.json(stored, 201) : c.json(stored, 200)
  })
