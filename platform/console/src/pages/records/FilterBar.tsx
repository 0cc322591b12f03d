import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ObjectDescription } from '../../api/types';
import { FieldInput } from '../../components/FieldInput';
import { inputKind, needsValue, operatorsFor, type Condition, type Operator } from './filters';

/** Edits the conditions of a list. */
export function FilterBar({
  object,
  conditions,
  onChange,
}: {
  object: ObjectDescription;
  conditions: Condition[];
  onChange: (conditions: Condition[]) => void;
}) {
  const { t } = useTranslation();
  const change = (at: number, next: Condition) => onChange(conditions.map((c, i) => (i === at ? next : c)));
  return (
    <Space orientation="vertical" style={{ width: '100%', marginBottom: 12 }}>
      {conditions.map((condition, at) => {
        const field = object.fields.find((f) => f.name === condition.field);
        return (
          <Space key={at} wrap data-testid="condition">
            <Select
              aria-label={t('list.field')}
              showSearch={{ optionFilterProp: 'label' }}
              style={{ width: 200 }}
              value={condition.field}
              options={object.fields.filter((f) => f.name !== 'version').map((f) => ({ value: f.name, label: f.label }))}
              onChange={(name: string) => {
                const next = object.fields.find((f) => f.name === name)!;
                change(at, { field: name, operator: operatorsFor(next)[0]!, value: null });
              }}
            />
            {field && (
              <Select
                aria-label={t('list.operator')}
                style={{ width: 140 }}
                value={condition.operator}
                options={operatorsFor(field).map((op) => ({ value: op, label: t(`list.op.${op}`) }))}
                onChange={(operator: Operator) => change(at, { ...condition, operator })}
              />
            )}
            {field && needsValue(condition.operator) && (
              <div style={{ width: 240 }}>
                <FieldInput
                  field={{ ...field, type: inputKind(field) }}
                  value={condition.value}
                  onChange={(value) => change(at, { ...condition, value })}
                />
              </div>
            )}
            <Button
              type="text"
              aria-label={t('common.delete')}
              icon={<DeleteOutlined />}
              onClick={() => onChange(conditions.filter((_, i) => i !== at))}
            />
          </Space>
        );
      })}
      <Space>
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => {
            const field = object.fields.find((f) => f.name === object.titleField) ?? object.fields[0];
            if (field) onChange([...conditions, { field: field.name, operator: operatorsFor(field)[0]!, value: null }]);
          }}
        >
          {t('list.addFilter')}
        </Button>
        {conditions.length > 0 && (
          <Button size="small" type="link" onClick={() => onChange([])}>
            {t('list.clearFilters')}
          </Button>
        )}
      </Space>
    </Space>
  );
}
