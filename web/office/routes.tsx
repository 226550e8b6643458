import type { RouteDefinition } from '@solidjs/router'
import { lazy, type Component, type ParentProps } from 'solid-js'
import { getChanges, getImports, getMe, getPeriods, getSettings } from './api/queries.ts'
import { HomePage } from './pages/home.tsx'
import { NotFoundPage } from './pages/not-found.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import { Boundary } from './shell/boundary.tsx'
import { Only } from './shell/only.tsx'
import { SignedIn } from './shell/signed-in.tsx'

const UnitsPage = lazy(async () => ({ default: (await import('./pages/units.tsx')).UnitsPage }))
const UnitPage = lazy(async () => ({ default: (await import('./pages/unit.tsx')).UnitPage }))
const ImportPage = lazy(async () => ({ default: (await import('./pages/import.tsx')).ImportPage }))
const InvitationsPage = lazy(async () => ({ default: (await import('./pages/invitations.tsx')).InvitationsPage }))
const SettingsPage = lazy(async () => ({ default: (await import('./pages/settings.tsx')).SettingsPage }))
/** A page of a part that has texts of its own, once they are there in the language of now. */
const pageWith = (words: () => Promise<{ wordsReady: Promise<unknown> }>, load: () => Promise<Component>) =>
  lazy(async () => {
    const [page, { wordsReady }] = await Promise.all([load(), words()])
    await wordsReady
    return { default: page }
  })
const indexPage = (load: () => Promise<Component>) => pageWith(() => import('./indices/words.ts'), load)
const UnitIndexPage = indexPage(async () => (await import('./pages/unit-index.tsx')).UnitIndexPage)
const UnitIndexChangePage = indexPage(async () => (await import('./pages/unit-index-change.tsx')).UnitIndexChangePage)
const UnitIndexSensitivityPage = indexPage(
  async () => (await import('./pages/unit-index-sensitivity.tsx')).UnitIndexSensitivityPage,
)
const UnitIndexWhatIfPage = indexPage(async () => (await import('./pages/unit-index-what-if.tsx')).UnitIndexWhatIfPage)
const IndexAgreementPage = indexPage(async () => (await import('./pages/index-agreement.tsx')).IndexAgreementPage)
const EditionsPage = indexPage(async () => (await import('./pages/editions.tsx')).EditionsPage)
const EditionPage = indexPage(async () => (await import('./pages/edition.tsx')).EditionPage)
const EditEditionPage = indexPage(async () => (await import('./pages/edit-edition.tsx')).EditEditionPage)
const IndexRunsPage = indexPage(async () => (await import('./pages/index-runs.tsx')).IndexRunsPage)
const IndexRunPage = indexPage(async () => (await import('./pages/index-run.tsx')).IndexRunPage)
const PublicationsPage = indexPage(async () => (await import('./pages/publications.tsx')).PublicationsPage)
const PublicationPage = indexPage(async () => (await import('./pages/publication.tsx')).PublicationPage)
const UnitIndexExplainPage = indexPage(
  async () => (await import('./pages/unit-index-explain.tsx')).UnitIndexExplainPage,
)
const resultsPage = (load: () => Promise<Component>) => pageWith(() => import('./results/words.ts'), load)
const ResultsPage = resultsPage(async () => (await import('./results/results.tsx')).ResultsPage)
const QuestionsPage = resultsPage(async () => (await import('./results/questions.tsx')).QuestionsPage)
const WeightsPage = resultsPage(async () => (await import('./results/weights.tsx')).WeightsPage)
const QualityPage = resultsPage(async () => (await import('./results/quality.tsx')).QualityPage)

const ForAdministrators = (props: ParentProps) => (
  <Only roles={['administrator']}>
    <Boundary>{props.children}</Boundary>
  </Only>
)
const ForTypists = (props: ParentProps) => (
  <Only roles={['administrator', 'interviewer']}>
    <Boundary>{props.children}</Boundary>
  </Only>
)
const ForStaff = (props: ParentProps) => <Boundary>{props.children}</Boundary>

const questionnairePage = (load: () => Promise<Component>) => pageWith(() => import('./questionnaires/words.ts'), load)
const QuestionnairesPage = questionnairePage(
  async () => (await import('./questionnaires/list-page.tsx')).QuestionnairesPage,
)
const QuestionnairePage = questionnairePage(
  async () => (await import('./questionnaires/questionnaire-page.tsx')).QuestionnairePage,
)
const SlipsPage = pageWith(
  () => import('./slips/words.ts'),
  async () => (await import('./slips/page.tsx')).SlipsPage,
)
const campaignPage = (load: () => Promise<Component>) => pageWith(() => import('./campaigns/words.ts'), load)
const CampaignsPage = campaignPage(async () => (await import('./campaigns/list.tsx')).CampaignsPage)
const NewCampaignPage = campaignPage(async () => (await import('./campaigns/basics.tsx')).NewCampaignPage)
const EditCampaignPage = campaignPage(async () => (await import('./campaigns/basics.tsx')).EditCampaignPage)
const CampaignPage = campaignPage(async () => (await import('./campaigns/overview.tsx')).CampaignPage)
const FramePage = campaignPage(async () => (await import('./campaigns/frame.tsx')).FramePage)
const SamplePage = campaignPage(async () => (await import('./campaigns/sample.tsx')).SamplePage)
const LettersPage = campaignPage(async () => (await import('./campaigns/letters.tsx')).LettersPage)
const QuotasPage = campaignPage(async () => (await import('./campaigns/quotas.tsx')).QuotasPage)
const FieldPage = campaignPage(async () => (await import('./campaigns/field.tsx')).FieldPage)
const CasesPage = campaignPage(async () => (await import('./campaigns/cases.tsx')).CasesPage)
const LogPage = campaignPage(async () => (await import('./campaigns/log.tsx')).LogPage)
const CodebookPage = campaignPage(async () => (await import('./results/codebook.tsx')).CodebookPage)

const paperPage = (load: () => Promise<Component>) => pageWith(() => import('./paper/words.ts'), load)
const PaperPage = paperPage(async () => (await import('./paper/find.tsx')).PaperPage)
const PaperEntryPage = paperPage(async () => (await import('./paper/entry.tsx')).PaperEntryPage)
const PaperDifferencesPage = paperPage(async () => (await import('./paper/differences.tsx')).PaperDifferencesPage)

/** Starts a read before its page is there. The page meets the same promise again and shows its failure. */
const warm = (...reads: Promise<unknown>[]): void => {
  for (const read of reads) read.catch(() => undefined)
}

/** The whole tree of office pages. */
export const routes: RouteDefinition[] = [
  { path: '/dang-nhap', component: SignInPage },
  {
    path: '/',
    component: SignedIn,
    preload: () => warm(getMe()),
    children: [
      { path: '/', component: HomePage },
      {
        path: '/',
        component: ForAdministrators,
        children: [
          { path: '/don-vi', component: UnitsPage, preload: () => warm(getPeriods()) },
          { path: '/don-vi/:id', component: UnitPage, preload: () => warm(getPeriods()) },
          { path: '/bo-cau-hoi', component: QuestionnairesPage },
          { path: '/bo-cau-hoi/:code/:version', component: QuestionnairePage },
          { path: '/don-vi/:id/chi-so', component: UnitIndexPage, preload: () => warm(getPeriods()) },
          { path: '/don-vi/:id/chi-so/cach-tinh', component: UnitIndexExplainPage, preload: () => warm(getPeriods()) },
          { path: '/don-vi/:id/chi-so/thay-doi', component: UnitIndexChangePage, preload: () => warm(getPeriods()) },
          {
            path: '/don-vi/:id/chi-so/do-vung',
            component: UnitIndexSensitivityPage,
            preload: () => warm(getPeriods()),
          },
          { path: '/don-vi/:id/chi-so/gia-dinh', component: UnitIndexWhatIfPage, preload: () => warm(getPeriods()) },
          { path: '/cong-bo', component: PublicationsPage },
          { path: '/cong-bo/:id', component: PublicationPage },
          { path: '/chi-so', component: EditionsPage },
          { path: '/chi-so/phien-ban', component: EditionPage },
          { path: '/chi-so/sua', component: EditEditionPage },
          { path: '/chi-so/lan-tinh', component: IndexRunsPage },
          { path: '/chi-so/lan-tinh/:id', component: IndexRunPage },
          { path: '/chi-so/doi-chieu', component: IndexAgreementPage },
          { path: '/khao-sat/:id/ket-qua', component: ResultsPage },
          { path: '/khao-sat/:id/cau-hoi', component: QuestionsPage },
          { path: '/khao-sat/:id/trong-so', component: WeightsPage },
          { path: '/khao-sat/:id/chat-luong', component: QualityPage },
          { path: '/cai-dat', component: SettingsPage, preload: () => warm(getSettings()) },
          { path: '/khao-sat', component: CampaignsPage },
          { path: '/khao-sat/tao', component: NewCampaignPage },
          { path: '/khao-sat/:id', component: CampaignPage },
          { path: '/khao-sat/:id/sua', component: EditCampaignPage },
          { path: '/khao-sat/:id/danh-sach-goc', component: FramePage },
          { path: '/khao-sat/:id/chon-mau', component: SamplePage },
          { path: '/khao-sat/:id/thu', component: LettersPage },
          { path: '/khao-sat/:id/han-muc', component: QuotasPage },
          { path: '/khao-sat/:id/tien-do', component: FieldPage },
          { path: '/khao-sat/:id/doi-tuong', component: CasesPage },
          { path: '/khao-sat/:id/nhat-ky', component: LogPage },
          { path: '/khao-sat/:id/so-ma', component: CodebookPage },
        ],
      },
      {
        path: '/',
        component: ForTypists,
        children: [
          { path: '/khao-sat/:id/phieu-giay', component: PaperPage },
          { path: '/khao-sat/:id/phieu-giay/:case/so-sanh', component: PaperDifferencesPage },
          { path: '/khao-sat/:id/phieu-giay/:case/:pass', component: PaperEntryPage },
        ],
      },
      {
        path: '/',
        component: ForStaff,
        children: [
          {
            path: '/nhap-ho-so',
            component: ImportPage,
            preload: () => warm(getImports(null), getChanges(null)),
          },
          { path: '/giay-moi', component: InvitationsPage },
          { path: '/phieu-giay', component: SlipsPage },
        ],
      },
      { path: '*', component: NotFoundPage },
    ],
  },
]
