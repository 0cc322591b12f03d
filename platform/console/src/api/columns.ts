import type { FieldDescription, ObjectDescription, ReachedField } from './types';

/** A column of a list: an own field of the object, or one that is reached over references. */
export interface Column {
  path: string;
  label: string;
  field: FieldDescription;
  reached?: ReachedField;
}

/** What a list shows for these paths; those that the reader may not know are left out. */
export function columnsOf(paths: string[], object: ObjectDescription, reached: Record<string, ReachedField>): Column[] {
  const columns = paths.flatMap((path): Column[] => {
    const own = object.fields.find((f) => f.name === path);
    if (own) return [{ path, label: own.label, field: own }];
    const far = reached[path];
    // A record's name goes by what it is to the reader's record: the candidate of an offer is "Candidate", not "Name".
    return far ? [{ path, label: far.isTitle ? far.via : far.label, field: far, reached: far }] : [];
  });
  const seen = new Map<string, number>();
  for (const { label } of columns) seen.set(label, (seen.get(label) ?? 0) + 1);
  return columns.map((column) =>
    column.reached && (seen.get(column.label) ?? 0) > 1
      ? { ...column, label: `${column.reached.via} / ${column.reached.label}` }
      : column,
  );
}
