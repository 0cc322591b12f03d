import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Popconfirm, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../api/client';
import { Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';
import { useLossQuestion } from './LossQuestion';
import { asking, dataIsGone, type LossPreview } from './losses';
import { RunningSchemaChange } from './RunningSchemaChange';
import { told, type Publication } from './schemaChange';

interface ModelVersion {
  version: number;
  at: string;
  by: { id: string; name: string };
  kind: string;
  comment: string;
  changes: string[];
}

/** Data that left the model with a version. */
interface KeptData {
  element: string;
  version: number;
  retyped: boolean;
  until: string;
  purgedAt: string | null;
}

/** Versions that changed the tenant's own layer; others are taken back where they were made. */
const OWN = new Set(['EDITED', 'IMPORTED', 'UNDONE', 'CONFLICT_DECIDED']);

/** Every change of the model: when, who, what; own ones can be undone. */
export default function HistoryPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState<number | null>(null);
  const history = useQuery({
    queryKey: ['modelHistory'],
    queryFn: () => call<ModelVersion[]>('/api/admin/metadata/history?limit=200'),
  });
  const kept = useQuery({
    queryKey: ['keptData'],
    queryFn: () => call<KeptData[]>('/api/admin/metadata/kept-data'),
  });
  const askAboutLosses = useLossQuestion();
  const undo = async (version: number) => {
    setBusy(version);
    setError(null);
    try {
      const send = (body: object) => call<Publication>(`/api/admin/metadata/history/${version}/undo`, { method: 'POST', body });
      const look = () => call<LossPreview>(`/api/admin/metadata/history/${version}/losses`);
      const undone = (withoutData: boolean) => asking((confirm) => send({ confirm, withoutData }), look, askAboutLosses);
      const done = await undone(false).catch(async (failure: unknown) => {
        if (!dataIsGone(failure)) throw failure;
        const wanted = await tell.modal.confirm({ title: t('modelHistory.dataIsGone'), content: <Problem error={failure} />, width: 640 });
        return wanted ? undone(true) : null;
      });
      if (!done) return;
      tell.done(told(t, done));
      await queries.invalidateQueries();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(null);
    }
  };
  return (
    <>
      <div className="tn-page-head">
        <h1>
          <Link to="/setup/objects" className="tn-muted" style={{ fontWeight: 400 }}>
            {t('objects.title')}
          </Link>{' '}
          {t('modelHistory.title')}
        </h1>
      </div>
      <p className="tn-muted">{t('modelHistory.intro')}</p>
      <RunningSchemaChange />
      <Problem error={error ?? history.error} />
      <Card>
        <Table<ModelVersion>
          rowKey="version"
          size="small"
          loading={history.isPending}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          scroll={{ x: 800 }}
          dataSource={history.data ?? []}
          columns={[
            { title: t('modelHistory.version'), dataIndex: 'version', width: 90 },
            { title: t('modelHistory.at'), width: 190, render: (_, v) => <Moment value={v.at} /> },
            { title: t('modelHistory.by'), width: 160, render: (_, v) => v.by.name },
            {
              title: t('modelHistory.changes'),
              render: (_, v) => (
                <>
                  <Tag>{t(`modelHistory.kinds.${v.kind}` as 'modelHistory.kinds.EDITED', { defaultValue: v.kind })}</Tag>
                  {v.comment}
                  {v.changes.map((line) => (
                    <div key={line}>
                      <code>{line}</code>
                    </div>
                  ))}
                  {(kept.data ?? [])
                    .filter((data) => data.version === v.version)
                    .map((data) => (
                      <div key={`${data.element} ${data.until}`} className="tn-muted" data-testid="kept-data">
                        <code>{data.element}</code>{' '}
                        {t(data.purgedAt ? 'modelHistory.purged' : data.retyped ? 'modelHistory.keptValues' : 'modelHistory.kept')}{' '}
                        <Moment value={data.purgedAt ?? data.until} />
                      </div>
                    ))}
                </>
              ),
            },
            {
              width: 110,
              render: (_, v) =>
                OWN.has(v.kind) && (
                  <Popconfirm title={t('modelHistory.undoQuestion', { version: v.version })} onConfirm={() => undo(v.version)}>
                    <Button size="small" loading={busy === v.version} data-testid={`undo-${v.version}`}>
                      {t('modelHistory.undo')}
                    </Button>
                  </Popconfirm>
                ),
            },
          ]}
        />
      </Card>
    </>
  );
}
