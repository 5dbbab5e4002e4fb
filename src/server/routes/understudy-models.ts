import type { FastifyInstance } from 'fastify'
import { addModelRequest, type ModelDetails, type ModelDetailsList } from '../../api/index.ts'
import type { ModelCatalogue } from '../model-catalogue.ts'
import { parseBody } from '../parse-body.ts'
import { RequestError } from '../request-error.ts'

/** `GET /understudy/models`: the model picker's list. `POST`: one more GGUF file of this machine. */
export function understudyModelsRoutes(app: FastifyInstance, catalogue: ModelCatalogue): void {
  app.get('/understudy/models', async (): Promise<ModelDetailsList> => {
    const entries = await catalogue.list()
    return { object: 'list', data: entries.map(({ details }) => details) }
  })

  app.post('/understudy/models', async ({ body }): Promise<ModelDetails> => {
    const { path } = parseBody(addModelRequest, body)
    if (!catalogue.add)
      throw new RequestError(
        403,
        'This server does not take models by path. Start it with --model instead.',
        { code: 'models_are_fixed' },
      )
    const { details } = await catalogue.add(path)
    return details
  })
}
