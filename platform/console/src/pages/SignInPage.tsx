import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import type { SessionInfo } from '../api/types';
import { IdentityEventTable } from '../components/IdentityEventTable';
import { Problem, useTell } from '../components/Problem';
import { SessionTable } from '../components/SessionTable';
import { SecondFactorCard } from './SecondFactorCard';

interface Passwords {
  current: string;
  wanted: string;
  repeated: string;
}

/** How I sign in, where I am signed in, and what happened to my account. */
export default function SignInPage() {
  const { t } = useTranslation();
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('signIn.title')}</h1>
      </div>
      <Space orientation="vertical" size="middle" style={{ width: '100%' }}>
        <PasswordCard />
        <SecondFactorCard />
        <SessionsCard />
        <Card size="small" title={t('signIn.events')}>
          <IdentityEventTable path="/api/me/events" withAccount={false} />
        </Card>
      </Space>
    </>
  );
}

function PasswordCard() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Passwords>();
  const [error, setError] = useState<unknown>(null);
  const policy = useQuery({ queryKey: ['password-policy'], queryFn: () => call<{ length: number }>('/api/me/password') });
  const change = async ({ current, wanted }: Passwords) => {
    setError(null);
    try {
      await call('/api/me/password', { method: 'POST', body: { current, wanted } });
      tell.done(t('signIn.changed'));
      form.resetFields();
      await queries.invalidateQueries();
    } catch (failure) {
      setError(failure);
    }
  };
  const required = { required: true, message: t('common.required') };
  return (
    <Card size="small" title={t('signIn.password')}>
      <Problem error={error} />
      <Form form={form} layout="vertical" style={{ maxWidth: 420 }} onFinish={(values) => void change(values)}>
        <Form.Item name="current" label={t('signIn.current')} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="wanted"
          label={t('signIn.wanted')}
          rules={[required]}
          extra={policy.data && t('signIn.policy', { length: policy.data.length })}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="repeated"
          label={t('signIn.repeated')}
          dependencies={['wanted']}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('wanted') ? Promise.resolve() : Promise.reject(new Error(t('signIn.differ'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t('signIn.change')}
        </Button>
      </Form>
    </Card>
  );
}

function SessionsCard() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => call<SessionInfo[]>('/api/sessions') });
  const end = (path: string) =>
    call(path, { method: 'DELETE' })
      .then(() => queries.invalidateQueries({ queryKey: ['sessions'] }))
      .catch(tell.failed);
  return (
    <Card
      size="small"
      title={t('signIn.sessions')}
      loading={sessions.isPending}
      extra={
        <Button size="small" danger onClick={() => void end('/api/sessions')}>
          {t('signIn.endOthers')}
        </Button>
      }
    >
      <Problem error={sessions.error} />
      <SessionTable sessions={sessions.data ?? []} onEnd={(session) => void end(`/api/sessions/${session.id}`)} />
    </Card>
  );
}
