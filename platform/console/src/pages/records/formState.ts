import type { FieldDescription, FieldState } from '../../api/types';
import { propertyName, toJson } from '../../api/fields';

/** What the server says about fields with conditions, as far as it has said anything. */
export type FieldStates = Record<string, FieldState> | 'pending' | 'failed';

export const hasConditions = (fields: FieldDescription[]) => fields.some((field) => field.when.length > 0);

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
