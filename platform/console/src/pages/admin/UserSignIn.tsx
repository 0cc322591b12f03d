import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form, List, Modal, Popconfirm, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { AccountLink, SessionInfo, TokenInfo, UserInfo } from '../../api/types';
import { Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';
import { ReferenceInput } from '../../components/ReferenceInput';
import { SessionTable } from '../../components/SessionTable';

/** A link that is shown this once. */
export function LinkDialog({ link, onClose }: { link: AccountLink | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open={link !== null} title={t('users.linkTitle')} footer={null} onCancel={onClose}>
      {link && (
        <>
          <p>{t('users.linkHelp', { when: new Date(link.expiresAt).toLocaleString() })}</p>
          <Typography.Paragraph copyable code data-testid="account-link">
            {link.link}
          </Typography.Paragraph>
        </>
      )}
    </Modal>
  );
}

/** How one user signs in: links, sessions, tokens, second factor; letting go, with a hand-over, and letting in again. */
export function UserSignIn({ user, onClose, onLink }: { user: UserInfo; onClose: () => void; onLink: (link: AccountLink) => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<'deactivate' | 'handOver' | null>(null);
  const path = `/api/admin/users/${user.id}`;
  const sessions = useQuery({ queryKey: ['users', user.id, 'sessions'], queryFn: () => call<SessionInfo[]>(`${path}/sessions`) });
  const tokens = useQuery({ queryKey: ['users', user.id, 'tokens'], queryFn: () => call<TokenInfo[]>(`${path}/tokens`) });

  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
      await queries.invalidateQueries();
    } catch (failure) {
      tell.failed(failure);
    }
  };
  const link = () => run(async () => onLink(await call<AccountLink>(`${path}/link`, { method: 'POST' })));
  const remove = (what: string) => run(() => call(`${path}/${what}`, { method: 'DELETE' }));
  const leave = ({ to }: { to?: string | null }) =>
    run(async () => {
      if (leaving === 'deactivate') await call(`${path}/deactivate`, { method: 'POST', body: { handOverTo: to ?? null } });
      else await call('/api/admin/hand-overs', { method: 'POST', body: { from: user.id, to } });
      setLeaving(null);
    });
  return (
    <Drawer open size="large" title={`${user.name} – ${t('users.account')}`} onClose={onClose}>
      <Space wrap>
        {user.active && <Button onClick={() => void link()}>{t(user.invited ? 'users.invite' : 'users.reset')}</Button>}
        <Button onClick={() => setLeaving('handOver')}>{t('users.handOver')}</Button>
        {user.active ? (
          <Button danger onClick={() => setLeaving('deactivate')}>
            {t('users.deactivate')}
          </Button>
        ) : (
          <Button onClick={() => void run(() => call(`${path}/activate`, { method: 'POST' }))}>{t('users.activate')}</Button>
        )}
      </Space>
      <h3>{t('signIn.factor')}</h3>
      <Space>
        {t(user.secondFactor ? 'users.hasFactor' : 'users.noFactor')}
        {user.secondFactor && (
          <Popconfirm title={`${t('users.removeFactor')}?`} onConfirm={() => remove('second-factor')}>
            <Button size="small" danger>
              {t('users.removeFactor')}
            </Button>
          </Popconfirm>
        )}
      </Space>
      <h3>
        {t('signIn.sessions')}{' '}
        <Button size="small" danger onClick={() => void remove('sessions')}>
          {t('signIn.endAll')}
        </Button>
      </h3>
      <Problem error={sessions.error} />
      <SessionTable sessions={sessions.data ?? []} onEnd={(session) => void remove(`sessions/${session.id}`)} />
      <h3>{t('nav.tokens')}</h3>
      <Problem error={tokens.error} />
      <List
        size="small"
        dataSource={tokens.data ?? []}
        locale={{ emptyText: t('users.noTokens') }}
        renderItem={(token) => (
          <List.Item
            actions={[
              <Button key="revoke" size="small" danger onClick={() => void remove(`tokens/${token.id}`)}>
                {t('tokens.revoke')}
              </Button>,
            ]}
          >
            <Space>
              {token.name}
              {token.scopes.map((scope) => (
                <Tag key={scope}>{t(`tokens.scope.${scope}`)}</Tag>
              ))}
              {token.expiresAt && <Moment value={token.expiresAt} />}
            </Space>
          </List.Item>
        )}
      />
      <Modal
        open={leaving !== null}
        title={leaving && t(`users.${leaving}`)}
        footer={null}
        destroyOnHidden
        onCancel={() => setLeaving(null)}
      >
        {leaving === 'deactivate' && <p>{t('users.deactivateHelp')}</p>}
        <Form layout="vertical" onFinish={(values: { to?: string | null }) => void leave(values)}>
          <Form.Item
            name="to"
            label={t('users.handOverTo')}
            rules={leaving === 'handOver' ? [{ required: true, message: t('common.required') }] : []}
          >
            <ReferenceInput target="sys__User" />
          </Form.Item>
          <Button type="primary" danger={leaving === 'deactivate'} htmlType="submit">
            {leaving && t(`users.${leaving}`)}
          </Button>
        </Form>
      </Modal>
    </Drawer>
  );
}
