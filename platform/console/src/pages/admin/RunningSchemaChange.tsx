import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm, Progress } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { useAllObjects } from '../../app/model';
import { Moment } from '../../components/FieldValue';
import { useTell } from '../../components/Problem';
import { percent, type SchemaChange } from './schemaChange';

const LOOK_AGAIN = 1000;
const LOOK_SOMETIMES = 10_000;
/** Who sees a failure the next day has heard of it. */
const FAILURE_SHOWN = 24 * 60 * 60 * 1000;

/** The change of a large table that is going on, with its progress; tells when it has ended. */
export function RunningSchemaChange() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const objects = useAllObjects();
  const running = useRef<string | null>(null);
  const latest = useQuery({
    queryKey: ['schemaChanges', 'latest'],
    queryFn: () => call<SchemaChange[]>('/api/admin/metadata/schema-changes?limit=1'),
    refetchInterval: (query) => (query.state.data?.[0]?.state === 'RUNNING' ? LOOK_AGAIN : LOOK_SOMETIMES),
  });
  const change = latest.data?.[0];
  useEffect(() => {
    if (!change) return;
    if (change.state === 'RUNNING') {
      running.current = change.id;
    } else if (running.current === change.id) {
      running.current = null;
      if (change.state === 'DONE') tell.done(t('schemaChanges.done'));
      void queries.invalidateQueries();
    }
  }, [change, queries, t, tell]);
  if (!change) return null;
  const name = objects.data?.find((o) => o.name === change.object)?.label ?? change.object ?? '';
  if (change.state === 'FAILED') {
    if (!change.endedAt || Date.now() - Date.parse(change.endedAt) > FAILURE_SHOWN) return null;
    return (
      <Alert
        type="error"
        showIcon
        closable
        style={{ marginBottom: 16 }}
        title={t(change.phase === 'COMPUTING' ? 'schemaChanges.failedComputing' : 'schemaChanges.failed', { object: name })}
        description={<code>{change.fault}</code>}
      />
    );
  }
  if (change.state !== 'RUNNING') return null;
  const cancel = async () => {
    try {
      await call(`/api/admin/metadata/schema-changes/${change.id}/cancel`, { method: 'POST' });
      await latest.refetch();
    } catch (failure) {
      tell.failed(failure);
    }
  };
  const done = percent(change);
  return (
    <Alert
      type="info"
      showIcon
      data-testid="schema-change"
      style={{ marginBottom: 16 }}
      title={`${t('schemaChanges.running', { object: name })} · ${t(`schemaChanges.phases.${change.phase}`)}`}
      description={
        <>
          <Progress percent={done ?? 0} status="active" format={() => (done === null ? '…' : `${done} %`)} />
          <span className="tn-muted">
            {t('schemaChanges.by', { name: change.by.name })} <Moment value={change.startedAt} />
          </span>
        </>
      }
      action={
        change.phase !== 'SWITCHING' && (
          <Popconfirm title={t('schemaChanges.cancelQuestion')} onConfirm={cancel}>
            <Button size="small" danger data-testid="cancel-schema-change">
              {t('schemaChanges.cancel')}
            </Button>
          </Popconfirm>
        )
      }
    />
  );
}
