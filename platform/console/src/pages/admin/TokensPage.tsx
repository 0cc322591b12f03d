import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Checkbox, Form, Input, InputNumber, Modal, Popconfirm, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { TokenInfo, TokenScope } from '../../api/types';
import { Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';

const SCOPES: TokenScope[] = ['read', 'write', 'admin'];

interface Wanted {
  name: string;
  expiresInDays: number;
  scopes: TokenScope[];
}

/** Personal access tokens: for programs that work with the user's own rights. */
export default function TokensPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Wanted>();
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => call<TokenInfo[]>('/api/tokens') });
  const create = async (values: Wanted) => {
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
            { title: t('tokens.scopes'), render: (_, token) => token.scopes.map((scope) => <Tag key={scope}>{t(`tokens.scope.${scope}`)}</Tag>) },
            { title: t('common.created'), render: (_, token) => <Moment value={token.createdAt} /> },
            { title: t('tokens.expires'), render: (_, token) => <Moment value={token.expiresAt} /> },
            { title: t('tokens.lastUsed'), render: (_, token) => (token.lastUsedAt ? <Moment value={token.lastUsedAt} /> : null) },
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
        <Form form={form} layout="vertical" initialValues={{ expiresInDays: 90, scopes: ['read'] }} onFinish={(values) => void create(values)}>
          <Form.Item name="name" label={t('common.name')} rules={[{ required: true, message: t('common.required') }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="expiresInDays" label={t('tokens.expiresInDays')} rules={[{ required: true, message: t('common.required') }]}>
            <InputNumber min={1} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="scopes" label={t('tokens.scopes')} rules={[{ required: true, message: t('common.required') }]}>
            <Checkbox.Group options={SCOPES.map((scope) => ({ value: scope, label: t(`tokens.scope.${scope}`) }))} />
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
