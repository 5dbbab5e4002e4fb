import type { FastifyInstance } from 'fastify'
import type { Model, ModelList } from '../../api/index.ts'
import type { CatalogueEntry, ModelCatalogue } from '../model-catalogue.ts'
import { unknownModel } from '../request-error.ts'

/** `GET /v1/models` and `GET /v1/models/{id}`, as OpenAI defines them. */
export function modelsRoutes(app: FastifyInstance, catalogue: ModelCatalogue): void {
  app.get('/v1/models', async (): Promise<ModelList> => {
    const entries = await catalogue.list()
    return { object: 'list', data: entries.map(toModel) }
  })

  app.get<{ Params: { id: string } }>('/v1/models/:id', async ({ params }): Promise<Model> => {
    const entries = await catalogue.list()
    const entry = entries.find(({ details }) => details.id === params.id)
    if (!entry) throw unknownModel(params.id)
    return toModel(entry)
  })
}

function toModel({ details, created }: CatalogueEntry): Model {
  return { id: details.id, object: 'model', created, owned_by: 'understudy' }
}
