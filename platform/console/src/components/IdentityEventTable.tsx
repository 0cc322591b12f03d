import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import type { IdentityEvent, IdentityEvents } from '../api/types';
import { Moment } from './FieldValue';
import { Problem } from './Problem';

const PAGE = 50;

/** What happened to accounts, newest first; earlier ones on request. */
export function IdentityEventTable({ path, withAccount }: { path: string; withAccount: boolean }) {
  const { t } = useTranslation();
  const events = useInfiniteQuery({
    queryKey: ['identity-events', path],
    queryFn: ({ pageParam }) =>
      call<IdentityEvents>(`${path}?limit=${PAGE}${pageParam === null ? '' : `&before=${pageParam}`}`),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.items.length < PAGE ? undefined : last.before),
  });
  return (
    <>
      <Problem error={events.error} />
      <Table<IdentityEvent>
        rowKey="id"
        size="small"
        loading={events.isPending}
        pagination={false}
        dataSource={events.data?.pages.flatMap((page) => page.items) ?? []}
        scroll={{ x: 700 }}
        columns={[
          { title: t('signIn.at'), render: (_, event) => <Moment value={event.at} /> },
          { title: t('signIn.what'), render: (_, event) => t(`signIn.kinds.${event.kind}`, { defaultValue: event.kind }) },
          ...(withAccount ? [{ title: t('signIn.account'), dataIndex: 'user' }] : []),
          { title: t('signIn.who'), dataIndex: 'actor' },
          { title: t('signIn.address'), dataIndex: 'address' },
          { title: t('signIn.detail'), dataIndex: 'detail' },
        ]}
      />
      {events.hasNextPage && (
        <Button style={{ marginBlockStart: 12 }} loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
          {t('signIn.more')}
        </Button>
      )}
    </>
  );
}
