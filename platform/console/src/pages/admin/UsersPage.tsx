import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Modal, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { AccountLink, UserInfo } from '../../api/types';
import { ReferenceInput } from '../../components/ReferenceInput';
import { usePermissionSets } from '../../app/model';
import { Problem, useTell } from '../../components/Problem';
import { HandOverList } from './HandOverList';
import { LinkDialog, UserSignIn } from './UserSignIn';

interface Values {
  login: string;
  name: string;
  email?: string | null;
  locale: string;
  password?: string;
  permissionSets: string[];
  manager?: string | null;
}

/** Who may log in to this tenant, and with which permission sets. */
export default function UsersPage() {
  const { t, i18n } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [edited, setEdited] = useState<UserInfo | 'new' | null>(null);
  const [signIn, setSignIn] = useState<string | null>(null);
  const [link, setLink] = useState<AccountLink | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const users = useQuery({ queryKey: ['users'], queryFn: () => call<UserInfo[]>('/api/admin/users') });
  const sets = usePermissionSets();
  const label = (name: string) => sets.data?.find((s) => s.name === name)?.label ?? name;

  const open = (user: UserInfo | 'new') => {
    setError(null);
    setEdited(user);
    form.resetFields();
    form.setFieldsValue(
      user === 'new'
        ? { locale: i18n.language, permissionSets: [] }
        : { ...user, manager: user.manager?.id ?? null },
    );
  };
  const save = async (values: Values) => {
    setSaving(true);
    setError(null);
    try {
      if (edited === 'new') {
        const { password, ...rest } = values;
        const made = await call<UserInfo>('/api/admin/users', { method: 'POST', body: password ? { ...rest, password } : rest });
        if (made.invited) setLink(await call<AccountLink>(`/api/admin/users/${made.id}/link`, { method: 'POST' }));
      } else if (edited) {
        const { password: _password, login: _login, ...rest } = values;
        await call(`/api/admin/users/${edited.id}`, { method: 'PATCH', body: rest });
      }
      tell.done(t('common.saved'));
      setEdited(null);
      await queries.invalidateQueries();
    } catch (failure) {
      setError(failure);
    } finally {
      setSaving(false);
    }
  };
  const shown = users.data?.find((user) => user.id === signIn);
  const required = [{ required: true, message: t('common.required') }];
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('users.title')}</h1>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => open('new')}>
          {t('users.newUser')}
        </Button>
      </div>
      <Problem error={users.error} />
      <Card size="small">
        <Table<UserInfo>
          rowKey="id"
          size="middle"
          loading={users.isPending}
          dataSource={users.data ?? []}
          scroll={{ x: 800 }}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          columns={[
            {
              title: t('common.name'),
              render: (_, u) => (
                <Button type="link" style={{ padding: 0 }} onClick={() => open(u)}>
                  {u.name}
                </Button>
              ),
            },
            { title: t('users.login'), dataIndex: 'login' },
            { title: t('users.email'), dataIndex: 'email' },
            { title: t('users.permissionSets'), render: (_, u) => u.permissionSets.map((s) => <Tag key={s}>{label(s)}</Tag>) },
            { title: t('users.manager'), render: (_, u) => u.manager?.name },
            { title: t('common.state'), render: (_, u) => <Tag color={!u.active ? undefined : u.invited ? 'blue' : 'green'}>{t(!u.active ? 'users.inactive' : u.invited ? 'users.invited' : 'users.active')}</Tag> },
            {
              render: (_, u) => (
                <Button size="small" onClick={() => setSignIn(u.id)}>
                  {t('users.account')}
                </Button>
              ),
            },
          ]}
        />
      </Card>
      <HandOverList users={users.data ?? []} />
      {shown && <UserSignIn key={shown.id} user={shown} onClose={() => setSignIn(null)} onLink={setLink} />}
      <LinkDialog link={link} onClose={() => setLink(null)} />
      <Modal
        open={edited !== null}
        title={edited === 'new' ? t('users.newUser') : edited?.name}
        onCancel={() => setEdited(null)}
        okText={t('common.save')}
        confirmLoading={saving}
        onOk={() => form.submit()}
        forceRender
      >
        <Problem error={error} />
        <Form form={form} layout="vertical" onFinish={(values) => void save(values)} autoComplete="off">
          <Form.Item name="name" label={t('common.name')} rules={required}>
            <Input />
          </Form.Item>
          <Form.Item name="login" label={t('users.login')} rules={required}>
            <Input disabled={edited !== 'new'} autoComplete="off" />
          </Form.Item>
          <Form.Item name="email" label={t('users.email')}>
            <Input type="email" />
          </Form.Item>
          {edited === 'new' && (
            <Form.Item name="password" label={t('users.password')} extra={t('users.passwordHelp')}>
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          )}
          <Form.Item name="locale" label={t('users.language')} rules={required}>
            <Select
              options={[
                { value: 'en', label: 'English' },
                { value: 'zh-CN', label: '简体中文' },
              ]}
            />
          </Form.Item>
          <Form.Item name="permissionSets" label={t('users.permissionSets')}>
            <Select mode="multiple" optionFilterProp="label" options={(sets.data ?? []).map((s) => ({ value: s.name, label: s.label }))} />
          </Form.Item>
          <Form.Item name="manager" label={t('users.manager')}>
            <ReferenceInput
              target="sys__User"
              initialLabel={edited !== 'new' && edited ? edited.manager?.name : undefined}
            />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
