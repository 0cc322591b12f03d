import { InboxOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Drawer, Progress, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, download } from '../../api/client';
import type { ImportJob } from '../../api/types';
import { useObjects } from '../../app/model';
import { Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';
import { StartImport } from './StartImport';

const open = (job: ImportJob) => job.state === 'QUEUED' || job.state === 'RUNNING';

/** Imports of table files: started, watched, and their rejected rows fetched to be corrected. */
export default function ImportsPage() {
  const { t } = useTranslation();
  const [starting, setStarting] = useState(false);
  const [selected, setSelected] = useState<string | null>(null);
  const objects = useObjects();
  const jobs = useQuery({
    queryKey: ['imports'],
    queryFn: () => call<ImportJob[]>('/api/imports'),
    refetchInterval: (query) => (query.state.data?.some(open) ? 1000 : false),
  });
  const objectLabel = (name: string) => objects.data?.find((o) => o.name === name)?.pluralLabel ?? name;
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('imports.title')}</h1>
        <Button type="primary" icon={<InboxOutlined />} onClick={() => setStarting(true)} data-testid="new-import">
          {t('imports.newImport')}
        </Button>
      </div>
      <Problem error={jobs.error} />
      <Card size="small">
        <Table<ImportJob>
          rowKey="id"
          size="middle"
          loading={jobs.isPending}
          dataSource={jobs.data ?? []}
          scroll={{ x: 900 }}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          columns={[
            {
              title: t('common.name'),
              render: (_, job) => (
                <Button type="link" style={{ padding: 0 }} onClick={() => setSelected(job.id)}>
                  {job.fileName}
                </Button>
              ),
            },
            { title: t('imports.object'), render: (_, job) => objectLabel(job.object) },
            { title: t('common.state'), render: (_, job) => <JobState job={job} /> },
            { title: t('imports.created'), className: 'tn-number', dataIndex: 'created' },
            { title: t('imports.rejected'), className: 'tn-number', render: (_, job) => <span data-testid="rejected">{job.rejected}</span> },
            { title: t('common.created'), render: (_, job) => <Moment value={job.startedAt} /> },
          ]}
        />
      </Card>
      <StartImport open={starting} close={() => setStarting(false)} started={setSelected} />
      {selected && <JobDrawer id={selected} close={() => setSelected(null)} started={setSelected} />}
    </>
  );
}

function JobState({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const color = { QUEUED: undefined, RUNNING: 'processing', DONE: 'green', FAILED: 'red', CANCELED: undefined }[job.state];
  return (
    <Space orientation="vertical" size={0} style={{ minWidth: 160 }}>
      <Tag color={color} data-testid="import-state">
        {t(`imports.states.${job.state}`)}
      </Tag>
      {job.dryRun && <Tag data-testid="dry-run">{t('imports.dryRun')}</Tag>}
      {open(job) && job.total ? <Progress size="small" percent={Math.floor((100 * job.processed) / job.total)} /> : null}
    </Space>
  );
}

function JobDrawer({ id, close, started }: { id: string; close: () => void; started: (id: string) => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const job = useQuery({
    queryKey: ['imports', id],
    queryFn: () => call<ImportJob>(`/api/imports/${id}`),
    refetchInterval: (query) => (query.state.data && !open(query.state.data) ? false : 700),
  });
  return (
    <Drawer open size={Math.min(820, window.innerWidth)} title={job.data?.fileName} onClose={close}>
      <Problem error={job.error} />
      {job.data && (
        <Space orientation="vertical" size={16} style={{ width: '100%' }}>
          <JobState job={job.data} />
          <div>{t('imports.processed', { processed: job.data.processed, total: job.data.total ?? '…' })}</div>
          <Space size={24} wrap data-testid="import-counts">
            <span>{t('imports.created')}: <strong>{job.data.created}</strong></span>
            <span>{t('imports.updated')}: <strong>{job.data.updated ?? 0}</strong></span>
            <span>{t('imports.rejected')}: <strong>{job.data.rejected}</strong></span>
          </Space>
          {job.data.dryRun && <div>{t('imports.dryRunTold')}</div>}
          {!job.data.fileKept && <div className="tn-muted">{t('imports.fileGone')}</div>}
          <Space>
            {job.data.dryRun && job.data.state === 'DONE' && job.data.fileKept && (
              <Button
                type="primary"
                data-testid="start-tried"
                onClick={() =>
                  call<{ id: string }>(`/api/imports/${id}/start`, { method: 'POST' })
                    .then((real) => {
                      void queries.invalidateQueries({ queryKey: ['imports'] });
                      started(real.id);
                    })
                    .catch(tell.failed)
                }
              >
                {t('imports.startTried')}
              </Button>
            )}
            {open(job.data) && (
              <Button
                onClick={() =>
                  call(`/api/imports/${id}/cancel`, { method: 'POST' })
                    .then(() => queries.invalidateQueries({ queryKey: ['imports'] }))
                    .catch(tell.failed)
                }
              >
                {t('common.cancel')}
              </Button>
            )}
            {job.data.rejected > 0 && !open(job.data) && job.data.fileKept && (
              <Button
                type="primary"
                onClick={() => download(`/api/imports/${id}/rejects`, `rejected-${job.data?.fileName}`).catch(tell.failed)}
                data-testid="download-rejects"
              >
                {t('imports.rejects')}
              </Button>
            )}
          </Space>
          {job.data.errors.length > 0 && (
            <Table
              rowKey={(error) => `${error.line}/${error.column}/${error.code}`}
              size="small"
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              title={() => t('imports.firstErrors')}
              dataSource={job.data.errors}
              columns={[
                { title: t('imports.line'), dataIndex: 'line', width: 80 },
                { title: t('imports.column'), dataIndex: 'column', width: 160 },
                { title: t('imports.message'), dataIndex: 'message' },
              ]}
            />
          )}
        </Space>
      )}
    </Drawer>
  );
}
