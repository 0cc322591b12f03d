import { Form, Input, Modal, Space, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { conditionFaults } from '../../api/expressions';
import type { MetadataChange } from '../../api/types';
import { Problem } from '../../components/Problem';
import { usePublish } from './usePublish';

/** A dialogue whose form becomes changes that are published. It is open as long as it is rendered. */
export function ElementDialog<V extends object>({
  title,
  saveId,
  width = 640,
  form,
  initialValues,
  changes,
  close,
  published,
  children,
}: {
  title: string;
  /** How tests find the button that saves. */
  saveId: string;
  width?: number;
  form?: FormInstance<V>;
  initialValues?: Partial<V>;
  changes: (values: V) => MetadataChange[];
  close: () => void;
  /** What comes after closing. */
  published?: (values: V) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const [own] = Form.useForm<V>();
  const shown = form ?? own;
  const { change, error, busy } = usePublish();
  const save = async (values: V) => {
    if (!(await change(changes(values)))) return;
    close();
    published?.(values);
  };
  return (
    <Modal
      open
      title={title}
      width={width}
      onCancel={close}
      okText={t('common.save')}
      okButtonProps={{ 'data-testid': saveId }}
      confirmLoading={busy}
      onOk={() => shown.submit()}
    >
      <Problem error={error} />
      <Form form={shown} layout="vertical" initialValues={initialValues} onFinish={(values: V) => void save(values)}>
        {children}
      </Form>
    </Modal>
  );
}

const SHAPES = {
  lower: { pattern: /^[a-z][A-Za-z0-9]{0,39}$/, message: 'abc…' },
  upper: { pattern: /^[A-Z][A-Za-z0-9]{0,39}$/, message: 'ABC…' },
  key: { pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, message: 'abc…' },
};

/** The name that programs use; one that stands in another package's element gets the prefix of the tenant's own layer. */
export function ApiName({
  name = 'name',
  shape = 'lower',
  own,
  label,
  placeholder,
}: {
  name?: 'name' | 'key';
  shape?: keyof typeof SHAPES;
  own: boolean;
  label?: string;
  placeholder?: string;
}) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={name}
      label={label ?? t('objects.apiName')}
      extra={shape === 'key' ? undefined : t('objects.apiNameHelp')}
      rules={[{ required: true, ...SHAPES[shape] }]}
    >
      <Input prefix={own ? undefined : 'c__'} placeholder={placeholder} />
    </Form.Item>
  );
}

/** A text in English, which there must be, and in Chinese beside it. */
export function TextPair({ name, english, chinese }: { name: string; english: string; chinese: string }) {
  const { t } = useTranslation();
  return (
    <Space size={16} style={{ display: 'flex' }} styles={{ item: { flex: 1 } }}>
      <Form.Item name={name} label={english} rules={[{ required: true, message: t('common.required') }]}>
        <Input />
      </Form.Item>
      <Form.Item name={`${name}Zh`} label={chinese}>
        <Input />
      </Form.Item>
    </Space>
  );
}

/** A condition over records of the object, checked while it is typed. */
export function ConditionItem({ object, required = false, placeholder }: { object: string; required?: boolean; placeholder: string }) {
  const { t } = useTranslation();
  const check = async (_: unknown, text: string | undefined) => {
    if (!text?.trim()) {
      if (required) throw new Error(t('common.required'));
      return;
    }
    const faults = await conditionFaults(object, text);
    if (faults) throw new Error(faults);
  };
  return (
    <Form.Item name="condition" label={t('objects.condition')} required={required} validateDebounce={500} rules={[{ validator: check }]}>
      <Input.TextArea autoSize={{ minRows: required ? 2 : 1 }} style={{ fontFamily: 'monospace' }} placeholder={placeholder} />
    </Form.Item>
  );
}
