import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Select, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../api/client';
import { useMe, useObject } from '../../app/model';
import { Problem, useTell } from '../../components/Problem';

const RATE = 'sys__ExchangeRate';

/** The currency that a tenant's amounts are converted to, and the way to its rates. */
export default function CurrenciesPage() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const tell = useTell();
  const queries = useQueryClient();
  const me = useMe();
  const rate = useObject(RATE);
  const [error, setError] = useState<unknown>(null);
  const codes = rate.data?.fields.find((field) => field.name === 'currency')?.values ?? [];

  const change = async (value: string) => {
    setError(null);
    try {
      const result = await call<{ modelVersion: number }>('/api/admin/metadata/changes', {
        method: 'POST',
        body: { changes: [{ op: 'set', element: 'setting:sys__corporateCurrency', property: 'value', value }] },
      });
      tell.done(t('objects.published', { version: result.modelVersion }));
      await queries.invalidateQueries();
    } catch (failure) {
      setError(failure);
    }
  };
  if (me.error ?? rate.error) return <Problem error={me.error ?? rate.error} />;
  if (!me.data || !rate.data) return <Spin />;
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('currencies.title')}</h1>
      </div>
      <Problem error={error} />
      <Card size="small" title={t('currencies.corporate')} style={{ marginBottom: 16 }}>
        <p className="tn-muted">{t('currencies.corporateHelp')}</p>
        <Select
          data-testid="corporate-currency"
          aria-label={t('currencies.corporate')}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 320 }}
          value={me.data.corporateCurrency}
          options={codes.filter((code) => code.active).map((code) => ({ value: code.key, label: code.label }))}
          onChange={(code: string) =>
            modal.confirm({ title: t('currencies.confirm', { code }), okText: t('common.save'), onOk: () => change(code) })
          }
        />
      </Card>
      <Card size="small" title={t('currencies.rates')}>
        <p className="tn-muted">{t('currencies.ratesHelp')}</p>
        <Link to={`/o/${RATE}`}>
          <Button>{t('currencies.openRates')}</Button>
        </Link>
      </Card>
    </>
  );
}
