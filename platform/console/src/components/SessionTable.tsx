import { Button, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionInfo } from '../api/types';
import { Moment } from './FieldValue';

/** Where somebody is signed in, with a button to end each. */
export function SessionTable({ sessions, onEnd }: { sessions: SessionInfo[]; onEnd: (session: SessionInfo) => void }) {
  const { t } = useTranslation();
  return (
    <Table<SessionInfo>
      rowKey="id"
      size="small"
      pagination={false}
      dataSource={sessions}
      scroll={{ x: 600 }}
      columns={[
        {
          title: t('signIn.device'),
          render: (_, session) => (
            <>
              {session.device} {session.current && <Tag color="green">{t('signIn.here')}</Tag>}
            </>
          ),
        },
        { title: t('signIn.address'), dataIndex: 'address' },
        { title: t('signIn.since'), render: (_, session) => <Moment value={session.createdAt} /> },
        { title: t('signIn.seen'), render: (_, session) => <Moment value={session.seenAt} /> },
        {
          render: (_, session) => (
            <Button size="small" danger onClick={() => onEnd(session)}>
              {t('signIn.end')}
            </Button>
          ),
        },
      ]}
    />
  );
}
