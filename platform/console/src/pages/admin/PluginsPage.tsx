import { UploadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Empty, Space, Table, Tag, Tooltip, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { PluginInfo } from '../../api/types';
import { Problem, useTell } from '../../components/Problem';

/** Plugins on the server and whether this tenant uses them. */
export default function PluginsPage() {
  const { t, i18n } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const plugins = useQuery({ queryKey: ['plugins', i18n.language], queryFn: () => call<PluginInfo[]>('/api/admin/plugins') });
  const act = async (key: string, path: string, method: 'POST' | 'DELETE') => {
    setBusy(key);
    try {
      await call(path, { method });
      await queries.invalidateQueries();
    } catch (failure) {
      tell.failed(failure);
    } finally {
      setBusy(null);
    }
  };
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('plugins.title')}</h1>
        <Upload
          accept=".jar"
          showUploadList={false}
          customRequest={async ({ file, onSuccess, onError }) => {
            const form = new FormData();
            form.append('file', file as File);
            try {
              await call('/api/admin/plugins', { method: 'POST', body: form });
              onSuccess?.(null);
              await queries.invalidateQueries({ queryKey: ['plugins'] });
            } catch (failure) {
              tell.failed(failure);
              onError?.(failure as Error);
            }
          }}
        >
          <Button type="primary" icon={<UploadOutlined />} data-testid="install-plugin">
            {t('plugins.install')}
          </Button>
        </Upload>
      </div>
      <Problem error={plugins.error} />
      <Card size="small">
        <Table<PluginInfo>
          rowKey="id"
          size="middle"
          loading={plugins.isPending}
          pagination={false}
          scroll={{ x: 900 }}
          dataSource={plugins.data ?? []}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('plugins.none')} /> }}
          columns={[
            { title: t('common.name'), render: (_, p) => <><strong>{p.title || p.id}</strong> <code className="tn-muted">{p.id}</code></> },
            { title: t('common.version'), dataIndex: 'version' },
            {
              title: t('common.state'),
              render: (_, p) => (
                <Tooltip title={p.error}>
                  <Tag color={p.state === 'STARTED' ? 'green' : p.state === 'FAILED' ? 'red' : undefined}>{t(`plugins.states.${p.state}`)}</Tag>
                </Tooltip>
              ),
            },
            { title: t('plugins.scopes'), render: (_, p) => p.scopes.map((scope) => <Tag key={scope}>{scope}</Tag>) },
            { title: t('plugins.sdk'), dataIndex: 'sdkRange' },
            { title: t('plugins.enabled'), render: (_, p) => (p.enabled ? <Tag color="blue">{t('common.yes')}</Tag> : t('common.no')) },
            {
              title: t('common.actions'),
              render: (_, p) => (
                <Space>
                  {p.enabled ? (
                    <Button size="small" loading={busy === `disable:${p.id}`} onClick={() => void act(`disable:${p.id}`, `/api/admin/plugins/${p.id}/disable`, 'POST')}>
                      {t('plugins.disable')}
                    </Button>
                  ) : (
                    <Button
                      size="small"
                      type="primary"
                      ghost
                      disabled={p.state !== 'STARTED'}
                      loading={busy === `enable:${p.id}`}
                      data-testid={`enable-${p.id}`}
                      onClick={() =>
                        tell.modal.confirm({
                          title: t('plugins.confirmEnable', { name: p.title || p.id, scopes: p.scopes.join(', ') || t('common.none') }),
                          okText: t('plugins.enable'),
                          onOk: () => act(`enable:${p.id}`, `/api/admin/plugins/${p.id}/enable`, 'POST'),
                        })
                      }
                    >
                      {t('plugins.enable')}
                    </Button>
                  )}
                  <Button
                    size="small"
                    danger
                    disabled={p.enabled}
                    loading={busy === `remove:${p.id}`}
                    onClick={() =>
                      tell.modal.confirm({
                        title: t('plugins.confirmRemove', { name: p.title || p.id }),
                        okText: t('plugins.remove'),
                        okButtonProps: { danger: true },
                        onOk: () => act(`remove:${p.id}`, `/api/admin/plugins/${p.id}`, 'DELETE'),
                      })
                    }
                  >
                    {t('plugins.remove')}
                  </Button>
                </Space>
              ),
            },
          ]}
        />
      </Card>
    </>
  );
}
