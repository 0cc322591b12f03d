import type { FieldDescription, FieldKind, Row } from './types';

export const isReference = (field: FieldDescription) => field.type === 'lookup' || field.type === 'masterDetail';

/** Whether a value is any number of records. */
export const isLinks = (field: FieldDescription) => field.type === 'manyToMany';

/** The type of a field's values: a formula or roll-up has that of its result. */
export function valueKind(field: FieldDescription): FieldKind {
  return field.resultType ?? field.type;
}

export const isNumeric = (field: FieldDescription) => ['integer', 'decimal', 'percent', 'currency'].includes(valueKind(field));

/** Whether values of several records may be added: amounts may be of several currencies. */
export const isAddable = (field: FieldDescription) => isNumeric(field) && field.type !== 'currency' && field.part?.role !== 'latitude' && field.part?.role !== 'longitude';

/** Whether rows can be put in the order of the field's values. */
export const isSortable = (field: FieldDescription) =>
  !isReference(field) && !isLinks(field) && !['multiPicklist', 'json', 'encryptedText', 'file', 'image'].includes(valueKind(field));

/** A form value as the data API takes it: exact decimals go as JSON numbers only when no digit is lost. */
export function toJson(field: FieldDescription, value: unknown): unknown {
  if (isLinks(field)) return ((value ?? []) as Row[]).map((row) => row.id);
  if (value === undefined || value === null || value === '') return null;
  if (isNumeric(field)) {
    const text = String(value);
    const number = Number(text);
    return text.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15 ? number : text;
  }
  if (Array.isArray(value) && value.length === 0) return null;
  return value;
}

/** The name under which a field travels in the data API. */
export function propertyName(field: FieldDescription): string {
  return isReference(field) ? `${field.name}_id` : field.name;
}
