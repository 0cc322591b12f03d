import { useQuery } from '@tanstack/react-query';
import { Col, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { partName } from '../../api/compound';
import type { ElementDescription } from '../../api/types';
import { isLinks } from '../../api/fields';
import { useAllObjects, useObject } from '../../app/model';
import { FUNCTIONS } from './fieldChanges';

const property = (element: ElementDescription, name: string) => element.properties.find((p) => p.name === name)?.value;

/** The fields that refer to an object: lookups to it, and the parts for it of lookups to several objects. */
function referring(fields: ElementDescription[], owner: string, object: string) {
  return fields.flatMap((field) => {
    const name = field.key.split('/')[1]!;
    const label = String(property(field, 'label') ?? field.name);
    if (property(field, 'target') === owner) return [{ value: name, label }];
    const targets = property(field, 'targets');
    return Array.isArray(targets) && targets.includes(owner) ? [{ value: partName(object, name, owner), label }] : [];
  });
}

/** Which records a roll-up takes together, and how; references to its own object can carry it, and links of either side. */
export function RollUpInputs({ owner }: { owner: string }) {
  const { t } = useTranslation();
  const objects = useAllObjects();
  const own = useObject(owner);
  const form = Form.useFormInstance();
  const object = Form.useWatch('object', form) as string | undefined;
  const chosen = Form.useWatch('function', form) as string | undefined;
  const counted = useQuery({
    queryKey: ['designer', object, 'roll-up'],
    queryFn: () => call<{ elements: ElementDescription[] }>(`/api/admin/objects/${object}`),
    enabled: !!object,
  });
  const fields = (counted.data?.elements ?? []).filter((e) => e.type === 'field');
  const options = (some: ElementDescription[]) =>
    some.map((e) => ({ value: e.key.split('/')[1]!, label: String(property(e, 'label') ?? e.name) }));
  const required = [{ required: true, message: t('common.required') }];
  return (
    <>
      <Col span={12}>
        <Form.Item name="object" label={t('objects.rollUpObject')} rules={required}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={(objects.data ?? []).map((o) => ({ value: o.name, label: o.label }))} />
        </Form.Item>
      </Col>
      <Col span={12}>
        <Form.Item name="via" label={t('objects.rollUpVia')} rules={required}>
          <Select
            options={[
              ...referring(fields, owner, object ?? ''),
              ...(own.data?.fields ?? [])
                .filter((field) => isLinks(field) && field.target === object && object !== owner)
                .map((field) => ({ value: field.name, label: field.label })),
            ]}
          />
        </Form.Item>
      </Col>
      <Col span={12}>
        <Form.Item name="function" label={t('objects.rollUpFunction')} rules={required}>
          <Select options={FUNCTIONS.map((value) => ({ value, label: t(`objects.functions.${value}`) }))} />
        </Form.Item>
      </Col>
      {chosen && chosen !== 'count' && (
        <Col span={12}>
          <Form.Item name="field" label={t('list.field')} rules={required}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={options(fields)} />
          </Form.Item>
        </Col>
      )}
      <Col span={24}>
        <Form.Item name="filter" label={t('objects.rollUpFilter')}>
          <Input style={{ fontFamily: 'monospace' }} placeholder="status != 'cancelled'" />
        </Form.Item>
      </Col>
    </>
  );
}
