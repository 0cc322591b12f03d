import type { FieldDescription, FieldState } from '../../api/types';
import { propertyName, toJson } from '../../api/fields';

/** What the server says about fields with conditions, as far as it has said anything. */
export type FieldStates = Record<string, FieldState> | 'pending' | 'failed';

export const hasConditions = (fields: FieldDescription[]) => fields.some((field) => field.when.length > 0);

/** Whether only the server knows how the form looks: conditions, and for a new record what it gets by default. */
export const asksServer = (fields: FieldDescription[], isNew: boolean) =>
  hasConditions(fields) || (isNew && fields.some((field) => field.hasDefault));

/** What the form shows, by field, where nobody has typed anything. It is not sent: the save computes it again. */
export function defaults(fields: FieldDescription[], states: FieldStates, given: (field: FieldDescription) => boolean): Record<string, unknown> {
  if (typeof states !== 'object') return {};
  return Object.fromEntries(
    fields.filter((field) => field.hasDefault && !given(field)).map((field) => [field.name, states[field.name]?.byDefault ?? undefined]),
  );
}

/** How a form treats a field. Without an answer nothing is shown too early, and nothing is missing for good. */
export function stateOf(field: FieldDescription, states: FieldStates): FieldState {
  const told = typeof states === 'object' ? states[field.name] : undefined;
  return (
    told ?? {
      visible: states !== 'pending' || !field.when.includes('visible'),
      required: field.required,
      readOnly: field.readOnly,
    }
  );
}

/** Whether the form sends what was typed into the field. */
export function takesValue(field: FieldDescription, states: FieldStates): boolean {
  const { visible, readOnly } = stateOf(field, states);
  return visible && !readOnly;
}

/** Those of the values that somebody gave, as the data API takes them. */
export function sent(
  fields: FieldDescription[],
  values: Record<string, unknown>,
  given: (field: FieldDescription) => boolean,
): Record<string, unknown> {
  return Object.fromEntries(fields.filter(given).map((field) => [propertyName(field), toJson(field, values[field.name])]));
}
