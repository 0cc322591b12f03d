import type { ElementDescription, MetadataChange } from '../../api/types';

/** Types that a field with values may get; others need a field of their own. */
export const RETYPES = ['text', 'longText', 'integer', 'decimal', 'percent', 'boolean', 'date', 'dateTime', 'time', 'picklist', 'multiPicklist'] as const;

export interface TypeChange {
  type: (typeof RETYPES)[number];
  maxLength?: number;
  precision?: number;
  scale?: number;
  /** Keys of a list, one on each line. */
  keys?: string;
}

/** Properties that only some types have; they are taken back when the new type does not know them. */
const ONLY: Record<string, readonly string[]> = {
  maxLength: ['text', 'longText'],
  format: ['text'],
  ignoreCase: ['text'],
  precision: ['decimal', 'percent'],
  scale: ['decimal', 'percent'],
  min: ['integer', 'decimal', 'percent'],
  max: ['integer', 'decimal', 'percent'],
  initial: ['picklist'],
  dependsOn: ['picklist', 'multiPicklist'],
};

const isDecimal = (type: string) => type === 'decimal' || type === 'percent';

/** The changes that give a field another type. */
export function typeChanges(field: ElementDescription, values: ElementDescription[], wanted: TypeChange): MetadataChange[] {
  const key = field.key.slice('field:'.length);
  const has = (name: string) => field.properties.some((p) => p.name === name && p.chain.length > 0);
  const set = (property: string, value: unknown): MetadataChange => ({ op: 'set', element: field.key, property, value });
  const list = wanted.type === 'picklist' || wanted.type === 'multiPicklist';
  const known = values.map((value) => value.key.split('/').pop() ?? '');
  const keys = (wanted.keys ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !known.includes(line));
  return [
    ...Object.entries(ONLY)
      .filter(([name, types]) => has(name) && !types.includes(wanted.type))
      .map(([name]): MetadataChange => ({ op: 'reset', element: field.key, property: name })),
    ...(list ? [] : values.map((value): MetadataChange => ({ op: 'remove', element: value.key }))),
    set('type', wanted.type),
    ...(ONLY.maxLength!.includes(wanted.type) && wanted.maxLength ? [set('maxLength', wanted.maxLength)] : []),
    ...(isDecimal(wanted.type) ? [set('precision', wanted.precision ?? 12), set('scale', wanted.scale ?? 2)] : []),
    ...(list ? keys : []).map((name): MetadataChange => ({ op: 'add', element: `value:${key}/${name}`, properties: { label: name } })),
  ];
}
