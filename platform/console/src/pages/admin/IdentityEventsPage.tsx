import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { IdentityEventTable } from '../../components/IdentityEventTable';

/** Who signed in, who was refused, and what administrators did to accounts. */
export default function IdentityEventsPage() {
  const { t } = useTranslation();
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('signIn.eventsTitle')}</h1>
      </div>
      <Card size="small">
        <IdentityEventTable path="/api/admin/identity-events" withAccount />
      </Card>
    </>
  );
}
