import type { IndexDefinition } from '../../../api/core/index/definition.ts'
import papi2011 from './papi/papi-2011.json' with { type: 'json' }
import papi2016 from './papi/papi-2016.json' with { type: 'json' }
import papi2018 from './papi/papi-2018.json' with { type: 'json' }
import papi2019 from './papi/papi-2019.json' with { type: 'json' }
import papi2021 from './papi/papi-2021.json' with { type: 'json' }
import ddciDepartments from './ddci/ddci-departments.json' with { type: 'json' }
import ddciLocalities from './ddci/ddci-localities.json' with { type: 'json' }
import papiLikeRatings from './papi-like/papi-like-ratings.json' with { type: 'json' }
import papiLikeSurvey from './papi-like/papi-like-survey.json' with { type: 'json' }
import parIndex from './par/par-index.json' with { type: 'json' }
import pciLikeRatings from './pci-like/pci-like-ratings.json' with { type: 'json' }
import pciLikeSurvey from './pci-like/pci-like-survey.json' with { type: 'json' }
import pci2006Indicators from './pci/pci-2006-indicators.json' with { type: 'json' }
import pci2006 from './pci/pci-2006.json' with { type: 'json' }
import pci2009 from './pci/pci-2009.json' with { type: 'json' }
import pci2013Competition from './pci/pci-2013-competition.json' with { type: 'json' }
import pci2013 from './pci/pci-2013.json' with { type: 'json' }
import pci2022 from './pci/pci-2022.json' with { type: 'json' }
import pci2023 from './pci/pci-2023.json' with { type: 'json' }
import pci2025 from './pci/pci-2025.json' with { type: 'json' }
import qd766Groups from './qd766/qd766-groups.json' with { type: 'json' }
import qd766Sum from './qd766/qd766-sum.json' with { type: 'json' }
import qd766 from './qd766/qd766.json' with { type: 'json' }
import sipasLike from './sipas-like/sipas-like.json' with { type: 'json' }
import tt01 from './tt01/tt01-2018.json' with { type: 'json' }

/** The index editions that ship with the platform; tests hold each of them to `validateDefinition`. */
export const shippedIndices = [
  papi2011,
  papi2016,
  papi2018,
  papi2019,
  papi2021,
  pci2006,
  pci2006Indicators,
  pci2009,
  pci2013,
  pci2013Competition,
  pci2022,
  pci2023,
  pci2025,
  qd766,
  qd766Sum,
  qd766Groups,
  tt01,
  parIndex,
  papiLikeRatings,
  papiLikeSurvey,
  pciLikeRatings,
  pciLikeSurvey,
  sipasLike,
  ddciDepartments,
  ddciLocalities,
] as unknown as readonly IndexDefinition[]
