import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Progress, Space, Table, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { HandOver, UserInfo } from '../../api/types';
import { Moment } from '../../components/FieldValue';
import { useTell } from '../../components/Problem';

const open = (job: HandOver) => job.state === 'QUEUED' || job.state === 'RUNNING';
const COLOR = { QUEUED: undefined, RUNNING: 'processing', DONE: 'green', FAILED: 'red', CANCELED: undefined } as const;

/** The hand-overs of the tenant, watched while they run; nothing where there was none. */
export function HandOverList({ users }: { users: UserInfo[] }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const jobs = useQuery({
    queryKey: ['hand-overs'],
    queryFn: () => call<HandOver[]>('/api/admin/hand-overs'),
    refetchInterval: (query) => (query.state.data?.some(open) ? 1000 : false),
  });
  const name = (id: string) => users.find((user) => user.id === id)?.name ?? id;
  const cancel = (job: HandOver) =>
    call(`/api/admin/hand-overs/${job.id}/cancel`, { method: 'POST' })
      .then(() => queries.invalidateQueries({ queryKey: ['hand-overs'] }))
      .catch(tell.failed);
  if (!jobs.data?.length) return null;
  return (
    <Card size="small" title={t('users.handOvers')} style={{ marginBlockStart: 16 }}>
      <Table<HandOver>
        rowKey="id"
        size="small"
        dataSource={jobs.data}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        scroll={{ x: 700 }}
        columns={[
          { title: t('common.name'), render: (_, job) => `${name(job.from)} → ${name(job.to)}` },
          {
            title: t('common.state'),
            render: (_, job) => (
              <Space>
                <Tooltip title={job.failure}>
                  <Tag color={COLOR[job.state]}>{t(`users.handOverState.${job.state}`)}</Tag>
                </Tooltip>
                {open(job) && job.total ? <Progress size="small" percent={Math.floor((100 * job.processed) / job.total)} /> : null}
                {open(job) && (
                  <Button size="small" onClick={() => void cancel(job)}>
                    {t('common.cancel')}
                  </Button>
                )}
              </Space>
            ),
          },
          { title: t('users.records'), dataIndex: 'processed' },
          { title: t('users.workItems'), dataIndex: 'workItems' },
          { title: t('users.leftOver'), dataIndex: 'leftOver' },
          { title: t('common.created'), render: (_, job) => <Moment value={job.queuedAt} /> },
        ]}
      />
    </Card>
  );
}
