import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Table, Tabs, Tag, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../api/client';
import type { InboxItem } from '../../api/types';
import { Moment } from '../../components/FieldValue';
import { Problem } from '../../components/Problem';

type Box = 'todo' | 'done' | 'mine';

/** What waits for the user, what the user decided, what the user asked for. */
export function InboxPage() {
  const { t } = useTranslation();
  const [box, setBox] = useState<Box>('todo');
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('approval.title')}</h1>
      </div>
      <Card styles={{ body: { paddingTop: 4 } }}>
        <Tabs
          activeKey={box}
          onChange={(key) => setBox(key as Box)}
          items={(['todo', 'done', 'mine'] as const).map((key) => ({ key, label: t(`approval.${key}`) }))}
        />
        <BoxTable key={box} box={box} />
      </Card>
    </>
  );
}

function BoxTable({ box }: { box: Box }) {
  const { t, i18n } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: ['inbox', box, i18n.language],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      call<{ items: InboxItem[]; next: string | null }>(
        `/api/approvals/${box}?limit=20${pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : ''}`,
      ),
    getNextPageParam: (last) => last.next,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: TableProps<InboxItem>['columns'] = [
    {
      title: t('approval.object'),
      render: (_, item) => (
        <Link to={`/o/${item.object}/${item.recordId}?tab=approval`}>
          {item.objectLabel} {item.title}
        </Link>
      ),
    },
    { title: t('approval.process'), render: (_, item) => item.process.label },
    { title: t('approval.submitter'), render: (_, item) => item.submitter.name },
    { title: t('approval.step'), render: (_, item) => item.stepLabel },
    {
      title: t('common.state'),
      render: (_, item) =>
        box === 'mine' ? (
          <Tag>{t(`approval.instance.${item.outcome ?? item.state}` as 'approval.instance.RUNNING')}</Tag>
        ) : (
          <Tag>{t(`approval.task.${item.decision ?? item.state}` as 'approval.task.PENDING', { defaultValue: item.state })}</Tag>
        ),
    },
    { title: t('approval.since'), render: (_, item) => <Moment value={item.activatedAt} /> },
  ];
  return (
    <>
      <Problem error={pages.error} />
      <Table<InboxItem>
        rowKey={(item) => item.taskId ?? item.instanceId}
        size="middle"
        loading={pages.isPending}
        dataSource={items}
        columns={columns}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('approval.emptyTodo')} /> }}
      />
      {pages.hasNextPage && (
        <div style={{ textAlign: 'center', marginTop: 16 }}>
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('approval.loadMore')}
          </Button>
        </div>
      )}
    </>
  );
}
