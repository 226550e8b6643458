import { Title } from '../ui/phone-page.tsx'
import { t } from './words.ts'

/** Said after a withdrawal, wherever it was asked for. */
export function Withdrawn() {
  return (
    <>
      <Title text={t('withdrawnTitle')} focus />
      <p>{t('withdrawn')}</p>
    </>
  )
}
