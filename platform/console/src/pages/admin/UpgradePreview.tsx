import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Collapse, Drawer, Space, Spin, Statistic, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { AvailablePackage, UpgradeEntry, UpgradeReport } from '../../api/types';
import { Problem, useTell } from '../../components/Problem';
import { shownValue } from './ElementProperties';

const COLOR: Record<UpgradeEntry['kind'], string | undefined> = {
  ADDED: 'green',
  CHANGED: 'blue',
  REMOVED: 'orange',
  KEPT: 'gold',
  ABSORBED: 'cyan',
  CONFLICT: 'red',
  ORPHAN: 'volcano',
};

/** What an upgrade would do, before anything is applied. */
export function UpgradePreview({ package: chosen, close }: { package: AvailablePackage; close: () => void }) {
  const { t, i18n } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [applying, setApplying] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const path = `/api/admin/packages/${chosen.name}/${chosen.version}`;
  const preview = useQuery({
    queryKey: ['preview', chosen.name, chosen.version, i18n.language],
    queryFn: () => call<UpgradeReport>(`${path}/preview`, { method: 'POST' }),
    gcTime: 0,
    staleTime: 0,
  });
  const apply = async () => {
    setApplying(true);
    setError(null);
    try {
      const result = await call<{ modelVersion: number }>(`${path}/apply`, { method: 'POST' });
      tell.done(t('packages.applied', { version: result.modelVersion }));
      await queries.invalidateQueries();
      close();
    } catch (failure) {
      setError(failure);
    } finally {
      setApplying(false);
    }
  };
  const report = preview.data;
  const title = chosen.installedVersion
    ? t('packages.upgradeTo', { name: chosen.title, from: chosen.installedVersion, to: chosen.version })
    : t('packages.installTitle', { name: chosen.title, to: chosen.version });
  // What needs a person's eye comes first.
  const order: UpgradeEntry['kind'][] = ['CONFLICT', 'ORPHAN', 'REMOVED', 'KEPT', 'ABSORBED', 'CHANGED', 'ADDED'];
  return (
    <Drawer
      open
      size={Math.min(1080, window.innerWidth)}
      onClose={close}
      title={title}
      extra={
        <Button type="primary" disabled={!report || report.blocked} loading={applying} onClick={() => void apply()} data-testid="apply-upgrade">
          {chosen.installedVersion ? t('packages.upgrade') : t('packages.install')}
        </Button>
      }
    >
      <Space orientation="vertical" size={16} style={{ width: '100%' }}>
        <Problem error={error ?? preview.error} />
        {preview.isPending && <Spin />}
        {report && (
          <>
            <Space size={32} wrap data-testid="upgrade-counts">
              {(['added', 'changed', 'kept', 'absorbed', 'conflicts', 'orphans'] as const).map((key) => (
                <Statistic
                  key={key}
                  title={t(`packages.kinds.${({ added: 'ADDED', changed: 'CHANGED', kept: 'KEPT', absorbed: 'ABSORBED', conflicts: 'CONFLICT', orphans: 'ORPHAN' } as const)[key]}`)}
                  value={report.counts[key] ?? 0}
                  styles={{ content: { color: (key === 'conflicts' || key === 'orphans') && report.counts[key] ? '#cf1322' : undefined } }}
                />
              ))}
            </Space>
            {report.blocked && (
              <Alert
                type="error"
                showIcon
                title={t('packages.blocked')}
                description={
                  <ul style={{ margin: 0, paddingInlineStart: 18 }}>
                    {report.problems.map((problem, at) => (
                      <li key={at}>
                        {problem.detail}
                        {problem.source && ` (${problem.source.origin}: ${problem.source.file}:${problem.source.line})`}
                      </li>
                    ))}
                  </ul>
                }
              />
            )}
            <Table<UpgradeEntry>
              rowKey={(entry) => `${entry.element}/${entry.property}`}
              size="small"
              pagination={{ pageSize: 50, hideOnSinglePage: true }}
              scroll={{ x: 1000 }}
              tableLayout="fixed"
              dataSource={[...report.entries].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))}
              columns={[
                { title: t('packages.change'), width: 170, render: (_, e) => <Tag color={COLOR[e.kind]} style={{ whiteSpace: 'normal' }}>{t(`packages.kinds.${e.kind}`)}</Tag> },
                { title: t('packages.element'), render: (_, e) => <>{e.label} <div><code className="tn-muted" style={{ overflowWrap: 'anywhere', fontSize: 12 }}>{e.element}</code></div></> },
                { title: t('packages.property'), width: 110, dataIndex: 'property' },
                { title: t('packages.base'), width: 150, render: (_, e) => <Value value={e.old} /> },
                { title: t('packages.theirs'), width: 150, render: (_, e) => <Value value={e.theirs} /> },
                { title: t('packages.mine'), width: 150, render: (_, e) => <Value value={e.mine} /> },
              ]}
            />
            <Collapse
              items={[
                {
                  key: 'schema',
                  label: `${t('packages.schemaSteps')} (${report.schema.length})`,
                  children:
                    report.schema.length === 0 ? (
                      <span className="tn-muted">{t('packages.noSchema')}</span>
                    ) : (
                      report.schema.map((step, at) => <div key={at}><code>{step.step}</code></div>)
                    ),
                },
              ]}
            />
          </>
        )}
      </Space>
    </Drawer>
  );
}

function Value({ value }: { value: unknown }) {
  return <span style={{ overflowWrap: 'anywhere' }}>{Array.isArray(value) ? value.map(shownValue).join(', ') : shownValue(value)}</span>;
}
