import type { ElementDescription, ElementProperty, MetadataChange } from '../../api/types';
import { changeTo } from './conditions';

export interface RecordTypeForm {
  label: string;
  labelZh?: string;
  active: boolean;
  /** By picklist field: the values that are left; empty for all. */
  values: Record<string, string[] | undefined>;
  /** By picklist field: the value of a new record. */
  defaults: Record<string, string | undefined>;
  sections?: string[];
  related?: string[];
}

export interface NewRecordType {
  key: string;
  label: string;
  labelZh?: string;
}

const property = (element: ElementDescription, name: string): ElementProperty =>
  element.properties.find((p) => p.name === name) ?? { name, value: null, layer: '', changeable: true, chain: [] };

/** The change that adds a type; on an object of a package it gets the prefix of the tenant's own layer. */
export const newRecordType = (object: string, own: boolean, type: NewRecordType): MetadataChange => ({
  op: 'add',
  element: `recordType:${object}/${own ? '' : 'c__'}${type.key}`,
  properties: { label: type.label, ...(type.labelZh ? { 'label@zh-CN': type.labelZh } : {}) },
});

/** What the form of a type begins with. */
export function formOf(type: ElementDescription, picklists: string[]): RecordTypeForm {
  const value = (name: string) => property(type, name).value ?? undefined;
  return {
    label: String(value('label') ?? ''),
    labelZh: value('label@zh-CN') as string | undefined,
    active: value('active') !== false,
    values: Object.fromEntries(picklists.map((field) => [field, value(`values.${field}`) as string[] | undefined])),
    defaults: Object.fromEntries(picklists.map((field) => [field, constantOf(value(`defaults.${field}`))])),
    sections: value('sections') as string[] | undefined,
    related: value('related') as string[] | undefined,
  };
}

/** The value in an expression that is nothing else, `'draft'`; others are shown and edited as properties. */
export const constantOf = (expression: unknown) => (typeof expression === 'string' ? /^'([A-Za-z0-9_-]+)'$/.exec(expression.trim())?.[1] : undefined);

/** Only what the form says differently from what is in force. */
export function recordTypeChanges(type: ElementDescription, form: RecordTypeForm): MetadataChange[] {
  const set = (name: string, value: unknown) => changeTo(type, property(type, name), value);
  return [
    set('label', form.label),
    set('label@zh-CN', form.labelZh || null),
    (property(type, 'active').value !== false) === form.active ? null : set('active', form.active),
    ...Object.entries(form.values).map(([field, values]) => listChange(type, `values.${field}`, values)),
    ...Object.entries(form.defaults).map(([field, value]) => {
      const name = `defaults.${field}`;
      const before = property(type, name).value;
      const written = before != null && constantOf(before) === undefined;
      return written && !value ? null : set(name, value ? `'${value}'` : null);
    }),
    set('sections', form.sections?.length ? form.sections : null),
    set('related', form.related?.length ? form.related : null),
  ].filter((change) => change !== null);
}

/** A product's list is edited rather than replaced, so that what its next version adds comes through. */
export function listChange(type: ElementDescription, name: string, values: string[] | undefined): MetadataChange | null {
  const now = property(type, name);
  const lower = now.chain.filter((link) => link.layer !== 'custom').map((link) => link.value);
  if (!values?.length) return changeTo(type, now, null);
  const base = lower.at(-1);
  if (!Array.isArray(base)) return changeTo(type, now, values);
  const current = new Set((now.value as string[] | null) ?? []);
  if (current.size === values.length && values.every((value) => current.has(value))) return null;
  const add = values.filter((value) => !base.includes(value));
  const remove = (base as string[]).filter((value) => !values.includes(value));
  if (add.length === 0 && remove.length === 0) return { op: 'reset', element: type.key, property: name };
  return { op: 'set', element: type.key, property: name, value: { ...(add.length ? { add } : {}), ...(remove.length ? { remove } : {}) } };
}
