import { describe, expect, it } from 'vitest';
import { mayBeEmptied, offered } from './picklist';
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
