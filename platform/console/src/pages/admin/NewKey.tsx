import { Form, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { MetadataChange } from '../../api/types';
import { Problem, useTell } from '../../components/Problem';

interface Values {
  name: string;
  fields: string[];
  ignoreCase?: boolean;
}

/** Adds a unique key: fields whose values together occur once. */
export function NewKey({
  open,
  object,
  own,
  fields,
  close,
  done,
}: {
  open: boolean;
  object: string;
  own: boolean;
  fields: { value: string; label: string }[];
  close: () => void;
  done: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const [form] = Form.useForm<Values>();
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);

  const create = async (values: Values) => {
    const change: MetadataChange = {
      op: 'add',
      element: `uniqueKey:${object}/${own ? '' : 'c__'}${values.name}`,
      properties: { fields: values.fields, ...(values.ignoreCase ? { ignoreCase: true } : {}) },
    };
    setSaving(true);
    setError(null);
    try {
      const result = await call<{ modelVersion: number }>('/api/admin/metadata/changes', { method: 'POST', body: { changes: [change] } });
      tell.done(t('objects.published', { version: result.modelVersion }));
      form.resetFields();
      close();
      await done();
    } catch (failure) {
      setError(failure);
    } finally {
      setSaving(false);
    }
  };

  return (
    <Modal
      open={open}
      title={t('objects.newKey')}
      onCancel={close}
      okText={t('common.save')}
      okButtonProps={{ 'data-testid': 'save-key' }}
      confirmLoading={saving}
      onOk={() => form.submit()}
    >
      <Problem error={error} />
      <Form form={form} layout="vertical" onFinish={(values) => void create(values)}>
        <Form.Item
          name="name"
          label={t('objects.apiName')}
          extra={t('objects.apiNameHelp')}
          rules={[{ required: true, pattern: /^[a-z][A-Za-z0-9]{0,39}$/, message: 'abc…' }]}
        >
          <Input prefix={own ? undefined : 'c__'} />
        </Form.Item>
        <Form.Item
          name="fields"
          label={t('objects.keyFields')}
          extra={t('objects.keyFieldsHelp')}
          rules={[{ required: true, type: 'array', min: 1, max: 8, message: t('common.required') }]}
        >
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={fields} />
        </Form.Item>
        <Form.Item name="ignoreCase" label={t('objects.ignoreCase')} extra={t('objects.ignoreCaseHelp')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}
