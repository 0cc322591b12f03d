import { UploadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Card, Space, Table, Tag, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { AvailablePackage, Conflict, InstalledPackage } from '../../api/types';
import { Problem, useTell } from '../../components/Problem';
import { shownValue } from './ElementProperties';
import { UpgradePreview } from './UpgradePreview';

interface PackageLists {
  installed: InstalledPackage[];
  available: AvailablePackage[];
}

/** What is installed, what could be, and what has to be decided after an upgrade. */
export default function PackagesPage() {
  const { t, i18n } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [previewed, setPreviewed] = useState<AvailablePackage | null>(null);
  const packages = useQuery({
    queryKey: ['packages', i18n.language],
    queryFn: () => call<PackageLists>('/api/admin/packages'),
  });
  const conflicts = useQuery({
    queryKey: ['conflicts', i18n.language],
    queryFn: () => call<Conflict[]>('/api/admin/packages/conflicts'),
  });
  const decide = async (conflict: Conflict, decision: 'MINE' | 'THEIRS') => {
    try {
      await call(`/api/admin/packages/conflicts/${conflict.id}`, { method: 'POST', body: { decision } });
      tell.done(t('packages.decided'));
      await queries.invalidateQueries();
    } catch (failure) {
      tell.failed(failure);
    }
  };
  return (
    <Space orientation="vertical" size={16} style={{ width: '100%' }}>
      <div className="tn-page-head" style={{ marginBottom: 0 }}>
        <h1>{t('packages.title')}</h1>
        <Upload
          accept=".zip"
          showUploadList={false}
          customRequest={async ({ file, onSuccess, onError }) => {
            const form = new FormData();
            form.append('file', file as File);
            try {
              await call('/api/admin/packages', { method: 'POST', body: form });
              onSuccess?.(null);
              await queries.invalidateQueries({ queryKey: ['packages'] });
            } catch (failure) {
              tell.failed(failure);
              onError?.(failure as Error);
            }
          }}
        >
          <Button icon={<UploadOutlined />}>{t('packages.upload')}</Button>
        </Upload>
      </div>
      <Problem error={packages.error ?? conflicts.error} />
      {(conflicts.data?.length ?? 0) > 0 && (
        <Card size="small" title={<Space>{t('packages.conflicts')}<Badge count={conflicts.data?.length} /></Space>} data-testid="conflicts">
          <Table<Conflict>
            rowKey="id"
            size="small"
            pagination={false}
            scroll={{ x: 900 }}
            dataSource={conflicts.data}
            columns={[
              { title: t('packages.element'), render: (_, c) => <>{c.label} <code className="tn-muted">{c.element}</code></> },
              { title: t('packages.property'), dataIndex: 'property' },
              { title: t('packages.base'), render: (_, c) => shownValue(c.base) },
              { title: `${t('packages.theirs')} ${conflicts.data?.[0]?.version ?? ''}`, render: (_, c) => <span data-testid="theirs">{shownValue(c.theirs)}</span> },
              { title: t('packages.mine'), render: (_, c) => <strong data-testid="mine">{shownValue(c.mine)}</strong> },
              {
                render: (_, c) => (
                  <Space>
                    <Button size="small" onClick={() => void decide(c, 'MINE')} data-testid="keep-mine">
                      {t('packages.keepMine')}
                    </Button>
                    <Button size="small" onClick={() => void decide(c, 'THEIRS')} data-testid="take-theirs">
                      {t('packages.takeTheirs')}
                    </Button>
                  </Space>
                ),
              },
            ]}
          />
        </Card>
      )}
      <Card size="small" title={t('packages.installed')}>
        <Table<InstalledPackage>
          rowKey="name"
          size="middle"
          loading={packages.isPending}
          pagination={false}
          dataSource={packages.data?.installed ?? []}
          columns={[
            { title: t('common.name'), render: (_, p) => <><strong>{p.title}</strong> <code className="tn-muted">{p.name}</code><div className="tn-muted">{p.summary}</div></> },
            { title: t('common.version'), render: (_, p) => <span data-testid={`version-${p.name}`}>{p.version}</span> },
            { title: t('common.type'), render: (_, p) => <Tag color={p.kind === 'custom' ? 'blue' : undefined}>{t(`packages.package.${p.kind}`)}</Tag> },
          ]}
        />
      </Card>
      <Card size="small" title={t('packages.available')}>
        <Table<AvailablePackage>
          rowKey={(p) => `${p.name}@${p.version}`}
          size="middle"
          loading={packages.isPending}
          pagination={false}
          dataSource={packages.data?.available ?? []}
          columns={[
            { title: t('common.name'), render: (_, p) => <><strong>{p.title}</strong> <code className="tn-muted">{p.name}</code></> },
            { title: t('common.version'), dataIndex: 'version' },
            {
              render: (_, p) =>
                p.installedVersion === p.version ? (
                  <Tag color="green">{t('packages.upToDate')}</Tag>
                ) : (
                  <Button size="small" type="primary" ghost onClick={() => setPreviewed(p)} data-testid={`preview-${p.name}-${p.version}`}>
                    {t('packages.preview')}
                  </Button>
                ),
            },
          ]}
        />
      </Card>
      {previewed && <UpgradePreview package={previewed} close={() => setPreviewed(null)} />}
    </Space>
  );
}
