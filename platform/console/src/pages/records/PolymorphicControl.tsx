import { Col, Form, Row as Columns, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldDescription } from '../../api/types';

/** A lookup to several objects: first the object is chosen, then its record, which takes the place of another object's. */
export function PolymorphicControl({
  whole,
  inputs,
  changed,
  children,
}: {
  whole: FieldDescription;
  inputs: FieldDescription[];
  /** Told when a value was taken out that nobody typed over. */
  changed: () => void;
  children: (field: FieldDescription) => ReactNode;
}) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const [chosen, setChosen] = useState<string>();
  const filled = inputs.find((part) => form.getFieldValue(part.name));
  const shown = inputs.find((part) => part.name === chosen) ?? filled ?? inputs[0];
  const choose = (name: string) => {
    const others = inputs.filter((part) => part.name !== name && form.getFieldValue(part.name));
    form.setFields(others.map((part) => ({ name: part.name, value: null, touched: true })));
    setChosen(name);
    changed();
  };
  return (
    <Columns gutter={8}>
      <Col xs={24} md={8}>
        <Form.Item label={t('record.ofObject')}>
          <Select
            aria-label={whole.label}
            value={shown?.name}
            options={inputs.map((part) => ({
              value: part.name,
              label: whole.values?.find((value) => value.key === part.target)?.label ?? part.label,
            }))}
            onChange={choose}
          />
        </Form.Item>
      </Col>
      {inputs.map((part) => (
        <Col key={part.name} xs={24} md={16} style={part === shown ? {} : { display: 'none' }}>
          {children(part)}
        </Col>
      ))}
    </Columns>
  );
}
