import type { FieldDescription, PicklistValue } from './types';

/**
 * The values that a picklist offers.
 *
 * @param value what is chosen at the moment
 * @param stored what the record has, null for nothing; undefined where no record is changed, as in a filter
 */
export function offered(field: FieldDescription, value: unknown, stored?: string | null): PicklistValue[] {
  return (field.values ?? []).filter(
    (option) => (option.active || option.key === value) && (stored === undefined || mayFollow(field, option.key, stored)),
  );
}

/** Whether the record may go without a value. */
export function mayBeEmptied(field: FieldDescription, stored?: string | null): boolean {
  return !stored || Object.keys(field.transitions ?? {}).length === 0;
}

function mayFollow(field: FieldDescription, key: string, stored: string | null): boolean {
  if (key === stored) return true;
  const transitions = field.transitions ?? {};
  const initial = field.initial ?? [];
  if (stored === null) return initial.length === 0 || initial.includes(key);
  return Object.keys(transitions).length === 0 || (transitions[stored] ?? []).includes(key);
}
