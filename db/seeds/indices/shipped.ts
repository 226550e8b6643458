import type { IndexDefinition } from '../../../api/core/index/definition.ts'
import papi2011 from './papi/papi-2011.json' with { type: 'json' }
import papi2016 from './papi/papi-2016.json' with { type: 'json' }
import papi2018 from './papi/papi-2018.json' with { type: 'json' }
import papi2019 from './papi/papi-2019.json' with { type: 'json' }
import papi2021 from './papi/papi-2021.json' with { type: 'json' }

/** The index editions that ship with the platform; tests hold each of them to `validateDefinition`. */
export const shippedIndices = [
  papi2011,
  papi2016,
  papi2018,
  papi2019,
  papi2021,
] as unknown as readonly IndexDefinition[]
