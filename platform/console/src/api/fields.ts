import type { FieldDescription, FieldKind } from './types';

export const isReference = (field: FieldDescription) => field.type === 'lookup' || field.type === 'masterDetail';

/** The type of a field's values: a formula or roll-up has that of its result. */
export function valueKind(field: FieldDescription): FieldKind {
  return field.resultType ?? field.type;
}

export const isNumeric = (field: FieldDescription) => ['integer', 'decimal', 'percent'].includes(valueKind(field));
