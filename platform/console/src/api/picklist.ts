import type { FieldDescription, PicklistValue } from './types';

/**
 * The values that a picklist offers.
 *
 * @param value what is chosen at the moment
 * @param stored what the record has, null for nothing; undefined where no record is changed, as in a filter
 * @param beside the values that another field allows; undefined where none does
 */
export function offered(field: FieldDescription, value: unknown, stored?: string | null, beside?: string[]): PicklistValue[] {
  return (field.values ?? []).filter(
    (option) =>
      (option.active || option.key === value) &&
      (stored === undefined || mayFollow(field, option.key, stored)) &&
      (!beside || option.key === value || beside.includes(option.key)),
  );
}

/** The values that a list of them offers, as {@link offered}; what is chosen can always be seen. */
export function offeredToList(field: FieldDescription, chosen: string[], beside?: string[]): PicklistValue[] {
  return (field.values ?? []).filter(
    (option) => chosen.includes(option.key) || (option.active && (!beside || beside.includes(option.key))),
  );
}

/** The values that the other field of a form allows; undefined where the field depends on none. */
export function allowedBeside(field: FieldDescription, fields: FieldDescription[], valueOf: (field: FieldDescription) => unknown): string[] | undefined {
  const other = fields.find((f) => f.name === field.dependsOn);
  if (!other) return undefined;
  const value = valueOf(other);
  // An empty boolean is shown as no, and counts so.
  const key = other.type === 'boolean' ? String(value === true) : typeof value === 'string' ? value : null;
  return key === null ? [] : (field.allowed?.[key] ?? []);
}

/** What remains of a field's value when another field allows only some; undefined where all of it does. */
export function remaining(value: unknown, beside: string[] | undefined): unknown {
  if (!beside || value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    const kept = value.filter((key) => beside.includes(String(key)));
    return kept.length === value.length ? undefined : kept.length > 0 ? kept : null;
  }
  return beside.includes(String(value)) ? undefined : null;
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
