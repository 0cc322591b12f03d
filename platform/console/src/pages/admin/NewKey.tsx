import { Form, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiName, ElementDialog } from './ElementDialog';

interface Values {
  name: string;
  fields: string[];
  ignoreCase?: boolean;
}

/** Adds a unique key: fields whose values together occur once. */
export function NewKey({ object, own, fields, close }: { object: string; own: boolean; fields: { value: string; label: string }[]; close: () => void }) {
  const { t } = useTranslation();
  return (
    <ElementDialog<Values>
      title={t('objects.newKey')}
      saveId="save-key"
      close={close}
      changes={(values) => [
        {
          op: 'add',
          element: `uniqueKey:${object}/${own ? '' : 'c__'}${values.name}`,
          properties: { fields: values.fields, ...(values.ignoreCase ? { ignoreCase: true } : {}) },
        },
      ]}
    >
      <ApiName own={own} />
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
    </ElementDialog>
  );
}
