import { describe, expect, it } from 'vitest';
import { allowedBeside, mayBeEmptied, offered, offeredToList, remaining } from './picklist';
import type { FieldDescription } from './types';

const state: FieldDescription = {
  name: 'state',
  label: 'State',
  type: 'picklist',
  required: false,
  unique: false,
  readOnly: false,
  editable: true,
  when: [],
  system: false,
  hasDefault: false,
  values: ['open', 'refused', 'done', 'old'].map((key) => ({ key, label: key, active: key !== 'old' })),
};
const model: FieldDescription = { ...state, transitions: { open: ['done', 'refused'], refused: ['open'] }, initial: ['open'] };
const keys = (field: FieldDescription, value: string | null, stored?: string | null) => offered(field, value, stored).map((v) => v.key);

describe('a picklist that depends on another field', () => {
  const urgent: FieldDescription = { ...state, name: 'urgent', type: 'boolean', values: null };
  const steps: FieldDescription = { ...state, name: 'steps', dependsOn: 'urgent', allowed: { true: ['done'], false: ['open', 'refused'] } };
  const beside = (value: unknown) => allowedBeside(steps, [urgent, steps], () => value);

  it('offers what the other one allows, and shows what it has', () => {
    expect(beside(true)).toEqual(['done']);
    expect(beside(null)).toEqual(['open', 'refused']);
    expect(allowedBeside(state, [urgent, state], () => true)).toBeUndefined();
    expect(allowedBeside({ ...steps, dependsOn: 'state' }, [state], () => null)).toEqual([]);
    expect(offered(steps, 'open', undefined, ['done']).map((v) => v.key)).toEqual(['open', 'done']);
    expect(offeredToList(steps, ['old'], ['done']).map((v) => v.key)).toEqual(['done', 'old']);
  });

  it('loses what is not allowed any more', () => {
    expect(remaining('open', ['done'])).toBeNull();
    expect(remaining('done', ['done'])).toBeUndefined();
    expect(remaining(['open', 'done'], ['done'])).toEqual(['done']);
    expect(remaining(['open'], ['done'])).toBeNull();
    expect(remaining('open', undefined)).toBeUndefined();
  });
});

describe('a picklist', () => {
  it('offers every active value and the one it has', () => {
    expect(keys(state, null, null)).toEqual(['open', 'refused', 'done']);
    expect(keys(state, 'old', 'old')).toEqual(['open', 'refused', 'done', 'old']);
  });

  it('offers what may follow the stored value, and that one itself', () => {
    expect(keys(model, 'done', 'open')).toEqual(['open', 'refused', 'done']);
    expect(keys(model, 'refused', 'refused')).toEqual(['open', 'refused']);
    expect(keys(model, 'done', 'done')).toEqual(['done']);
  });

  it('offers a new record what it may begin with, and a filter everything', () => {
    expect(keys(model, null, null)).toEqual(['open']);
    expect(keys(model, null)).toEqual(['open', 'refused', 'done']);
  });

  it('keeps a value where a status model says what follows', () => {
    expect(mayBeEmptied(model, 'open')).toBe(false);
    expect(mayBeEmptied(model, null)).toBe(true);
    expect(mayBeEmptied(state, 'open')).toBe(true);
  });
});
