import { isLinks, isReference, valueKind } from '../../api/fields';
import { isFile } from '../../api/files';
import { odataPath, text } from '../../api/query';
import type { FieldDescription, FieldKind, Row } from '../../api/types';

export type Operator = 'hasAny' | 'hasAll' | 'eq' | 'ne' | 'contains' | 'startswith' | 'gt' | 'ge' | 'lt' | 'le' | 'empty' | 'notEmpty';

export interface Condition {
  field: string;
  operator: Operator;
  value: unknown;
}

/** The comparisons that make sense for a field. */
export function operatorsFor(field: FieldDescription): Operator[] {
  if (isReference(field)) return ['eq', 'ne', 'empty', 'notEmpty'];
  if (isLinks(field)) return ['hasAny', 'hasAll', 'empty', 'notEmpty'];
  if (isFile(field)) return ['notEmpty', 'empty'];
  switch (valueKind(field)) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'currency':
    case 'date':
    case 'dateTime':
    case 'time':
      return ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'empty', 'notEmpty'];
    case 'boolean':
      return ['eq'];
    case 'picklist':
      return ['eq', 'ne', 'empty', 'notEmpty'];
    case 'multiPicklist':
      return ['hasAny', 'hasAll', 'empty', 'notEmpty'];
    case 'richText':
      return ['contains', 'empty', 'notEmpty'];
    case 'json':
    case 'encryptedText':
      return ['empty', 'notEmpty'];
    default:
      return ['contains', 'startswith', 'eq', 'ne', 'empty', 'notEmpty'];
  }
}

/** What a condition's value is entered as: rich text is searched by its words. */
export function inputKind(field: FieldDescription): FieldKind {
  const kind = valueKind(field);
  return kind === 'richText' ? 'text' : kind;
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
    if (valueKind(field) === 'multiPicklist') return listFilter(name, condition, 'v', (key) => text(String(key)));
    if (isLinks(field)) return listFilter(name, condition, 'v/id', (row) => (row as Row).id);
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

/** A list's values are asked about one by one; whether it has any is another question than whether it is null. */
function listFilter(name: string, { operator, value }: Condition, item: string, constant: (one: unknown) => string): string[] {
  if (operator === 'empty') return [`not ${name}/any()`];
  if (operator === 'notEmpty') return [`${name}/any()`];
  const keys = Array.isArray(value) ? value.map(constant) : [];
  if (keys.length === 0) return [];
  return operator === 'hasAll'
    ? keys.map((key) => `${name}/any(v:${item} eq ${key})`)
    : [`${name}/any(v:${keys.map((key) => `${item} eq ${key}`).join(' or ')})`];
}

function literal(field: FieldDescription, value: unknown): string {
  if (isReference(field)) return String(value);
  switch (valueKind(field)) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'currency':
    case 'boolean':
    case 'date':
    case 'dateTime':
    case 'time':
      return String(value);
    default:
      return text(String(value));
  }
}
