import { isReference, valueKind } from '../../api/fields';
import { odataPath, text } from '../../api/query';
import type { FieldDescription } from '../../api/types';

export type Operator = 'eq' | 'ne' | 'contains' | 'startswith' | 'gt' | 'ge' | 'lt' | 'le' | 'empty' | 'notEmpty';

export interface Condition {
  field: string;
  operator: Operator;
  value: unknown;
}

/** The comparisons that make sense for a field. */
export function operatorsFor(field: FieldDescription): Operator[] {
  if (isReference(field)) return ['eq', 'ne', 'empty', 'notEmpty'];
  switch (valueKind(field)) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'date':
    case 'dateTime':
      return ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'empty', 'notEmpty'];
    case 'boolean':
      return ['eq'];
    case 'picklist':
      return ['eq', 'ne', 'empty', 'notEmpty'];
    default:
      return ['contains', 'startswith', 'eq', 'ne', 'empty', 'notEmpty'];
  }
}

export function needsValue(operator: Operator): boolean {
  return operator !== 'empty' && operator !== 'notEmpty';
}

/** The conditions as an OData filter; those without a value are passed over. */
export function toFilter(conditions: Condition[], fields: FieldDescription[]): string | undefined {
  const parts = conditions.flatMap((condition) => {
    const field = fields.find((f) => f.name === condition.field);
    if (!field) return [];
    const name = odataPath(isReference(field) ? `${field.name}_id` : field.name);
    if (condition.operator === 'empty') return [`${name} eq null`];
    if (condition.operator === 'notEmpty') return [`${name} ne null`];
    if (condition.value === null || condition.value === undefined || condition.value === '') return [];
    const constant = literal(field, condition.value);
    return condition.operator === 'contains' || condition.operator === 'startswith'
      ? [`${condition.operator}(${name},${constant})`]
      : [`${name} ${condition.operator} ${constant}`];
  });
  return parts.length > 0 ? parts.join(' and ') : undefined;
}

function literal(field: FieldDescription, value: unknown): string {
  if (isReference(field)) return String(value);
  switch (valueKind(field)) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'boolean':
    case 'date':
    case 'dateTime':
      return String(value);
    default:
      return text(String(value));
  }
}
