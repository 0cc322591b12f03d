import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Modal, QRCode, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import type { SecondFactorStatus } from '../api/types';
import { Problem } from '../components/Problem';

type Wish = 'add' | 'recovery' | 'remove';

const PATH = '/api/me/second-factor';

/** Sets the second factor up, takes it away, and makes recovery codes; each asks for the password once more. */
export function SecondFactorCard() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [proof] = Form.useForm<{ password: string }>();
  const [wish, setWish] = useState<Wish | null>(null);
  const [enrolment, setEnrolment] = useState<{ secret: string; uri: string } | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const status = useQuery({ queryKey: ['second-factor'], queryFn: () => call<SecondFactorStatus>(PATH) });

  const begin = (next: Wish) => {
    setError(null);
    proof.resetFields();
    setWish(next);
  };
  const tried = async (work: () => Promise<void>) => {
    setError(null);
    try {
      await work();
      await queries.invalidateQueries({ queryKey: ['second-factor'] });
    } catch (failure) {
      setError(failure);
    }
  };
  const proven = (body: { password: string }) =>
    tried(async () => {
      if (wish === 'add') setEnrolment(await call(PATH, { method: 'POST', body }));
      else if (wish === 'remove') await call(`${PATH}/remove`, { method: 'POST', body });
      else setCodes((await call<{ recoveryCodes: string[] }>(`${PATH}/recovery-codes`, { method: 'POST', body })).recoveryCodes);
      setWish(null);
    });
  const confirm = (body: { code: string }) =>
    tried(async () => {
      const made = await call<{ recoveryCodes: string[] }>(`${PATH}/confirm`, { method: 'POST', body });
      setEnrolment(null);
      setCodes(made.recoveryCodes);
    });
  const required = [{ required: true, message: t('common.required') }];
  const state = status.data;
  return (
    <Card size="small" title={t('signIn.factor')} loading={status.isPending}>
      <Problem error={status.error} />
      {state && (
        <>
          <p>
            {state.enrolled ? t('signIn.factorOn', { count: state.recoveryCodes }) : t('signIn.factorOff')}{' '}
            {state.demanded && t('signIn.demanded')}
          </p>
          <Space>
            {!state.enrolled && <Button onClick={() => begin('add')}>{t('signIn.add')}</Button>}
            {state.enrolled && <Button onClick={() => begin('recovery')}>{t('signIn.newRecovery')}</Button>}
            {state.enrolled && !state.demanded && (
              <Button danger onClick={() => begin('remove')}>
                {t('signIn.remove')}
              </Button>
            )}
          </Space>
        </>
      )}
      <Modal open={wish !== null} title={t('signIn.factor')} onCancel={() => setWish(null)} onOk={() => proof.submit()} forceRender>
        <Problem error={error} />
        <Form form={proof} layout="vertical" onFinish={(values) => void proven(values)}>
          <Form.Item name="password" label={t('signIn.current')} rules={required}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
        </Form>
      </Modal>
      <Modal open={enrolment !== null} title={t('signIn.factor')} footer={null} destroyOnHidden onCancel={() => setEnrolment(null)}>
        <Problem error={error} />
        <p>{t('signIn.scan')}</p>
        {enrolment && (
          <Space orientation="vertical" align="center" style={{ width: '100%' }}>
            <QRCode value={enrolment.uri} type="svg" />
            <Typography.Text code copyable={{ text: enrolment.secret }}>
              {enrolment.secret.replace(/(.{4})(?!$)/g, '$1 ')}
            </Typography.Text>
          </Space>
        )}
        <Form layout="vertical" onFinish={(values: { code: string }) => void confirm(values)}>
          <Form.Item name="code" label={t('signIn.code')} rules={required}>
            <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('signIn.confirm')}
          </Button>
        </Form>
      </Modal>
      <Modal open={codes !== null} title={t('signIn.newRecovery')} footer={null} onCancel={() => setCodes(null)}>
        <Alert type="warning" title={t('signIn.recovery')} />
        <Typography.Paragraph copyable={{ text: codes?.join('\n') ?? '' }} style={{ marginBlockStart: 12 }}>
          <pre>{codes?.join('\n')}</pre>
        </Typography.Paragraph>
      </Modal>
    </Card>
  );
}
