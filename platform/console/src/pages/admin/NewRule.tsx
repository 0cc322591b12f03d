import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiName, ConditionItem, ElementDialog, TextPair } from './ElementDialog';

interface Values {
  name: string;
  condition: string;
  message: string;
  messageZh?: string;
  field?: string;
}

/** Adds a validation rule; its condition is checked while it is typed. */
export function NewRule({ object, own, fields, close }: { object: string; own: boolean; fields: { value: string; label: string }[]; close: () => void }) {
  const { t } = useTranslation();
  return (
    <ElementDialog<Values>
      title={t('objects.newRule')}
      saveId="save-rule"
      close={close}
      changes={(values) => [
        {
          op: 'add',
          element: `rule:${object}/${own ? '' : 'c__'}${values.name}`,
          properties: {
            condition: values.condition,
            message: values.message,
            ...(values.messageZh ? { 'message@zh-CN': values.messageZh } : {}),
            ...(values.field ? { field: values.field } : {}),
          },
        },
      ]}
    >
      <ApiName own={own} />
      <ConditionItem object={object} required placeholder="salary == null || salary > 0.0" />
      <TextPair name="message" english={t('objects.message')} chinese={t('objects.messageZh')} />
      <Form.Item name="field" label={t('objects.atField')}>
        <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={fields} />
      </Form.Item>
    </ElementDialog>
  );
}
