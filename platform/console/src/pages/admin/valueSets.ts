import type { ElementDescription, MetadataChange } from '../../api/types';
import { keyOf } from './statusModel';

export interface ValueSet {
  name: string;
  /** The set itself, then its values in order. */
  elements: ElementDescription[];
  usedBy: { object: string; field: string; label: string }[];
}

export const COLORS = ['default', 'success', 'processing', 'warning', 'error', 'blue', 'cyan', 'geekblue', 'gold', 'green', 'lime', 'magenta', 'orange', 'pink', 'purple', 'red', 'volcano', 'yellow'] as const;

export interface NewValue {
  key: string;
  label: string;
  labelZh?: string;
}

export interface NewSetValues {
  name: string;
  label: string;
  labelZh?: string;
  values: NewValue[];
}

export interface ValueForm {
  label: string;
  labelZh?: string;
  color?: string;
  active: boolean;
}

export const propertyOf = (element: ElementDescription, name: string) => element.properties.find((p) => p.name === name)?.value;

/** The label in the language, or the English one. */
export const labelIn = (element: ElementDescription, language: string) =>
  String(propertyOf(element, `label@${language}`) ?? propertyOf(element, 'label') ?? element.name);

const texts = (label: string, chinese?: string) => ({ label, ...(chinese ? { 'label@zh-CN': chinese } : {}) });

/** The change that adds a set of the tenant's own with its values. */
export function newSet(values: NewSetValues): MetadataChange[] {
  const name = `c__${values.name}`;
  return [
    { op: 'add', element: `valueSet:${name}`, properties: texts(values.label, values.labelZh) },
    ...values.values.map((value): MetadataChange => ({ op: 'add', element: `setValue:${name}/${value.key}`, properties: texts(value.label, value.labelZh) })),
  ];
}

/** A further value; in another package's set it gets the prefix of the tenant's own layer. */
export const newValue = (set: ElementDescription, value: NewValue): MetadataChange => ({
  op: 'add',
  element: `setValue:${nameOf(set)}/${set.origin === 'custom' ? '' : 'c__'}${value.key}`,
  properties: texts(value.label, value.labelZh),
});

/** What has to be set so that the element is as the form says; only what differs. */
export function valueChanges(element: ElementDescription, form: ValueForm): MetadataChange[] {
  const wanted: [string, unknown][] = [
    ['label', form.label],
    ['label@zh-CN', form.labelZh || null],
    ['color', form.color || null],
    ['active', form.active],
  ];
  return wanted
    .filter(([property, value]) => (propertyOf(element, property) ?? (property === 'active' ? true : null)) !== value)
    .map(([property, value]) => ({ op: 'set', element: element.key, property, value }));
}

/** Puts a value before the one above it. Places are told by neighbours, so those of the neighbours change as well. */
export function moveUp(values: ElementDescription[], at: number): MetadataChange[] {
  const moved = values[at];
  const above = values[at - 1];
  if (!moved || !above) return [];
  const further = values[at - 2];
  const below = values[at + 1];
  return [
    ...(further ? placed(moved, 'after', keyOf(further)) : [...placed(moved, 'after', null), ...placed(moved, 'first', true)]),
    ...placed(above, 'first', null),
    ...placed(above, 'after', keyOf(moved)),
    ...(below && propertyOf(below, 'after') === keyOf(moved) ? placed(below, 'after', keyOf(above)) : []),
  ];
}

function placed(element: ElementDescription, property: string, value: unknown): MetadataChange[] {
  return (propertyOf(element, property) ?? null) === value ? [] : [{ op: 'set', element: element.key, property, value }];
}

const nameOf = (set: ElementDescription) => set.key.slice('valueSet:'.length);
