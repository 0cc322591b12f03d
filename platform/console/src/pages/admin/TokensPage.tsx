import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, InputNumber, Modal, Popconfirm, Table, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { TokenInfo } from '../../api/types';
import { Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';

/** Personal access tokens: for programs that work with the user's own rights. */
export default function TokensPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ name: string; expiresInDays: number }>();
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => call<TokenInfo[]>('/api/tokens') });
  const create = async (values: { name: string; expiresInDays: number }) => {
    try {
      const made = await call<{ token: string }>('/api/tokens', { method: 'POST', body: values });
      setAdding(false);
      form.resetFields();
      setShown(made.token);
      await queries.invalidateQueries({ queryKey: ['tokens'] });
    } catch (failure) {
      tell.failed(failure);
    }
  };
  const revoke = async (id: string) => {
    try {
      await call(`/api/tokens/${id}`, { method: 'DELETE' });
      await queries.invalidateQueries({ queryKey: ['tokens'] });
    } catch (failure) {
      tell.failed(failure);
    }
  };
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('tokens.title')}</h1>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('tokens.newToken')}
        </Button>
      </div>
      <p className="tn-muted">{t('tokens.intro')}</p>
      <Problem error={tokens.error} />
      <Card size="small">
        <Table<TokenInfo>
          rowKey="id"
          size="middle"
          loading={tokens.isPending}
          pagination={false}
          dataSource={tokens.data ?? []}
          columns={[
            { title: t('common.name'), dataIndex: 'name' },
            { title: t('common.created'), render: (_, token) => <Moment value={token.createdAt} /> },
            { title: t('tokens.expires'), render: (_, token) => <Moment value={token.expiresAt} /> },
            {
              render: (_, token) => (
                <Popconfirm title={`${t('tokens.revoke')}: ${token.name}?`} onConfirm={() => revoke(token.id)}>
                  <Button size="small" danger>
                    {t('tokens.revoke')}
                  </Button>
                </Popconfirm>
              ),
            },
          ]}
        />
      </Card>
      <Modal open={adding} title={t('tokens.newToken')} okText={t('common.add')} onCancel={() => setAdding(false)} onOk={() => form.submit()}>
        <Form form={form} layout="vertical" initialValues={{ expiresInDays: 90 }} onFinish={(values) => void create(values)}>
          <Form.Item name="name" label={t('common.name')} rules={[{ required: true, message: t('common.required') }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="expiresInDays" label={t('tokens.expiresInDays')} rules={[{ required: true, message: t('common.required') }]}>
            <InputNumber min={1} max={365} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </Form>
      </Modal>
      <Modal open={shown !== null} title={t('tokens.newToken')} footer={null} onCancel={() => setShown(null)}>
        <p>{t('tokens.shownOnce')}</p>
        <Typography.Paragraph copyable code>
          {shown}
        </Typography.Paragraph>
      </Modal>
    </>
  );
}
