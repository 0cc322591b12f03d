import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Progress, Space, Table, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { call, download } from '../../api/client';
import type { ExportJob } from '../../api/types';
import { useObjects } from '../../app/model';
import { Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';

const open = (job: ExportJob) => job.state === 'QUEUED' || job.state === 'RUNNING';

/** The own exports: watched, fetched, ended. */
export default function ExportsPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const objects = useObjects();
  const jobs = useQuery({
    queryKey: ['exports'],
    queryFn: () => call<ExportJob[]>('/api/exports'),
    refetchInterval: (query) => (query.state.data?.some(open) ? 1000 : false),
  });
  const cancel = (job: ExportJob) =>
    call(`/api/exports/${job.id}/cancel`, { method: 'POST' })
      .then(() => queries.invalidateQueries({ queryKey: ['exports'] }))
      .catch(tell.failed);
  const color = { QUEUED: undefined, RUNNING: 'processing', DONE: 'green', FAILED: 'red', CANCELED: undefined, EXPIRED: undefined } as const;
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('exports.title')}</h1>
      </div>
      <Problem error={jobs.error} />
      <Card size="small">
        <Table<ExportJob>
          rowKey="id"
          size="middle"
          loading={jobs.isPending}
          dataSource={jobs.data ?? []}
          scroll={{ x: 900 }}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          columns={[
            { title: t('common.name'), dataIndex: 'fileName' },
            { title: t('exports.object'), render: (_, job) => objects.data?.find((o) => o.name === job.object)?.pluralLabel ?? job.object },
            {
              title: t('common.state'),
              render: (_, job) => (
                <Space orientation="vertical" size={0} style={{ minWidth: 160 }}>
                  <Tooltip title={job.failure}>
                    <Tag color={color[job.state]} data-testid="export-state">
                      {t(`exports.states.${job.state}`)}
                    </Tag>
                  </Tooltip>
                  {open(job) && job.total ? <Progress size="small" percent={Math.floor((100 * job.processed) / job.total)} /> : null}
                  {job.altered > 0 && <span className="tn-muted">{t('exports.altered', { count: job.altered })}</span>}
                </Space>
              ),
            },
            { title: t('exports.rows'), className: 'tn-number', dataIndex: 'processed' },
            { title: t('common.created'), render: (_, job) => <Moment value={job.queuedAt} /> },
            { title: t('exports.expiresAt'), render: (_, job) => <Moment value={job.expiresAt} /> },
            {
              render: (_, job) => (
                <Space>
                  {job.state === 'DONE' && (
                    <Button size="small" type="primary" data-testid="download-export" onClick={() => download(`/api/exports/${job.id}/file`, job.fileName).catch(tell.failed)}>
                      {t('exports.download')}
                    </Button>
                  )}
                  {(open(job) || job.state === 'DONE') && (
                    <Button size="small" onClick={() => void cancel(job)}>
                      {open(job) ? t('common.cancel') : t('common.delete')}
                    </Button>
                  )}
                </Space>
              ),
            },
          ]}
        />
      </Card>
    </>
  );
}
