import type { ObjectDescription, Row } from './types';

/** What a picker shows beside a record's name: some of its fields, picklists by their labels. */
export function besideTitle(object: ObjectDescription | undefined, fields: string[], row: Row): string {
  return fields
    .flatMap((name) => {
      const value = row[name];
      if (value === null || value === undefined || value === '') return [];
      const field = object?.fields.find((f) => f.name === name);
      return [field?.values?.find((v) => v.key === value)?.label ?? String(value)];
    })
    .join(' · ');
}
