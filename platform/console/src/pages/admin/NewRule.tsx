import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conditionFaults } from '../../api/expressions';
import type { MetadataChange } from '../../api/types';
import { Problem, useTell } from '../../components/Problem';
import { publish } from './publishing';
import { told } from './schemaChange';

interface Values {
  name: string;
  condition: string;
  message: string;
  messageZh?: string;
  field?: string;
}

/** Adds a validation rule; its condition is checked while it is typed. */
export function NewRule({
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
  const required = [{ required: true, message: t('common.required') }];

  const check = async (_: unknown, text: string | undefined) => {
    if (!text?.trim()) throw new Error(t('common.required'));
    const faults = await conditionFaults(object, text);
    if (faults) throw new Error(faults);
  };

  const create = async (values: Values) => {
    const change: MetadataChange = {
      op: 'add',
      element: `rule:${object}/${own ? '' : 'c__'}${values.name}`,
      properties: {
        condition: values.condition,
        message: values.message,
        ...(values.messageZh ? { 'message@zh-CN': values.messageZh } : {}),
        ...(values.field ? { field: values.field } : {}),
      },
    };
    setSaving(true);
    setError(null);
    try {
      const result = await publish([change]);
      tell.done(told(t, result));
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
      title={t('objects.newRule')}
      width={640}
      onCancel={close}
      okText={t('common.save')}
      okButtonProps={{ 'data-testid': 'save-rule' }}
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
          name="condition"
          label={t('objects.condition')}
          required
          validateDebounce={500}
          rules={[{ validator: check }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} style={{ fontFamily: 'monospace' }} placeholder="salary == null || salary > 0.0" />
        </Form.Item>
        <Form.Item name="message" label={t('objects.message')} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item name="messageZh" label={t('objects.messageZh')}>
          <Input />
        </Form.Item>
        <Form.Item name="field" label={t('objects.atField')}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={fields} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
