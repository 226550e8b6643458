import type { ApiKeyTable, MembershipTable, TenantTable, UserTable } from './accounts.ts'
import type { AskTable, CodeGuessTable, InstrumentItemTable, InstrumentTable, ResponseTable } from './answers.ts'
import type {
  CampaignCellTable,
  CampaignContactTable,
  CampaignEventTable,
  CampaignFrameTable,
  CampaignQuotaTable,
  CampaignStratumTable,
  CampaignTable,
  PaperEntryTable,
  QuestionnaireTable,
  SurveyAnswerTable,
  SurveyCaseTable,
  SurveyDeviceTable,
  SurveyPrivateTable,
  SurveyReceiptTable,
} from './campaigns.ts'
import type { DossierChangeTable, DossierEventTable, DossierTable, ImportRunTable, ProcedureTable } from './dossiers.ts'
import type {
  IndexEditionTable,
  IndexHardTable,
  IndexInputTable,
  IndexRunTable,
  IndexScoreTable,
  OfficialResultTable,
} from './indices.ts'
import type { PublicationRunTable, PublicationScoreTable, PublicationUnitTable } from './publications.ts'
import type {
  EnteredCriterionTable,
  JobTable,
  MarkView,
  TallyChangeTable,
  TallySpotTotalTable,
  TallySpotYearTable,
  TallySumTable,
  TallyTable,
  TallyTotalSpanTable,
  TallyDecisionTable,
  TallyOverallTable,
  TallyStateTable,
  TallyVersionTable,
} from './tallies.ts'
import type { UnitCodeTable, UnitLineageTable, UnitNameTable, UnitTable } from './units.ts'

/** Every table by name. */
export interface DB {
  tenant: TenantTable
  membership: MembershipTable
  api_key: ApiKeyTable
  user: UserTable
  unit: UnitTable
  unit_name: UnitNameTable
  unit_code: UnitCodeTable
  unit_lineage: UnitLineageTable
  procedure: ProcedureTable
  dossier: DossierTable
  dossier_event: DossierEventTable
  import_run: ImportRunTable
  dossier_change: DossierChangeTable
  instrument: InstrumentTable
  instrument_item: InstrumentItemTable
  ask: AskTable
  code_guess: CodeGuessTable
  response: ResponseTable
  tally: TallyTable
  tally_change: TallyChangeTable
  tally_sum: TallySumTable
  tally_total: TallySumTable
  tally_total_span: TallyTotalSpanTable
  tally_spot_year: TallySpotYearTable
  tally_spot_total: TallySpotTotalTable
  tally_overall: TallyOverallTable
  tally_version: TallyVersionTable
  tally_state: TallyStateTable
  tally_decision: TallyDecisionTable
  job: JobTable
  entered_criterion: EnteredCriterionTable
  mark: MarkView
  publication_run: PublicationRunTable
  publication_unit: PublicationUnitTable
  publication_score: PublicationScoreTable
  index_edition: IndexEditionTable
  index_run: IndexRunTable
  index_input: IndexInputTable
  index_score: IndexScoreTable
  index_hard: IndexHardTable
  official_result: OfficialResultTable
  questionnaire: QuestionnaireTable
  campaign: CampaignTable
  campaign_frame: CampaignFrameTable
  campaign_contact: CampaignContactTable
  campaign_event: CampaignEventTable
  campaign_stratum: CampaignStratumTable
  campaign_cell: CampaignCellTable
  campaign_quota: CampaignQuotaTable
  survey_case: SurveyCaseTable
  survey_device: SurveyDeviceTable
  survey_answer: SurveyAnswerTable
  survey_private: SurveyPrivateTable
  survey_receipt: SurveyReceiptTable
  paper_entry: PaperEntryTable
}
