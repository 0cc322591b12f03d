import type { FieldDescription, ObjectDescription, RecordTypeDescription, RelatedListDescription, Row } from './types';

/** The field that says a record's type. */
export const RECORD_TYPE = 'recordType';

/** The type of a record; of one that has none, or one that is gone, the one that it gets with its next change. */
export function typeOf(object: ObjectDescription, row: Row | null): string | null {
  if (!object.recordTypes) return null;
  return object.recordTypes.find((type) => type.key === row?.[RECORD_TYPE])?.key ?? object.defaultRecordType ?? null;
}

/** The types that a person may choose for a new record, or change a record to. */
export const choicesOfType = (object: ObjectDescription, row: Row | null): RecordTypeDescription[] =>
  (object.recordTypes ?? []).filter((type) => (row ? type.assignable || type.key === row[RECORD_TYPE] : type.creatable));

/** The type of a new record for which none is chosen. */
export function initialType(object: ObjectDescription): string | null {
  const possible = choicesOfType(object, null);
  return (possible.find((type) => type.key === object.defaultRecordType) ?? possible[0])?.key ?? null;
}

/** The layout of records of a type: a choice of the object's sections and related lists, in the type's order. */
export function layoutOf(object: ObjectDescription, type: string | null): ObjectDescription['layout'] {
  const chosen = object.recordTypes?.find((each) => each.key === type);
  return {
    sections: picked(object.layout.sections, chosen?.sections),
    related: picked<RelatedListDescription>(object.layout.related, chosen?.related),
  };
}

function picked<T extends { name: string }>(all: T[], names: string[] | null | undefined): T[] {
  return names ? names.flatMap((name) => all.find((item) => item.name === name) ?? []) : all;
}

/** The values that are left where both another field and the record's type allow only some; undefined where neither does. */
export function besideType(field: FieldDescription, type: string | null, beside: string[] | undefined): string[] | undefined {
  const ofType = type === null ? undefined : field.ofTypes?.[type];
  if (!ofType) return beside;
  return beside ? beside.filter((key) => ofType.includes(key)) : ofType;
}
