import { describe, expect, it } from 'vitest';
import type { FieldDescription } from '../../api/types';
import { asksServer, defaults, hasConditions, sent, stateOf, takesValue } from './formState';

const field = (name: string, more: Partial<FieldDescription> = {}): FieldDescription => ({
  name,
  label: name,
  type: 'text',
  required: false,
  unique: false,
  readOnly: false,
  editable: true,
  when: [],
  system: false,
  hasDefault: false,
  ...more,
});

describe('links', () => {
  it('are sent as the ids of their records, also when there are none any more', () => {
    const skills = { name: 'skills', label: '', type: 'manyToMany', required: false, unique: false, readOnly: false, editable: true, system: false, hasDefault: false, when: [] } as FieldDescription;
    expect(sent([skills], { skills: [{ id: 'a', version: 1 }] }, () => true)).toEqual({ skills: ['a'] });
    expect(sent([skills], { skills: [] }, () => true)).toEqual({ skills: [] });
  });
});

describe('the state of a field in a form', () => {
  const reason = field('reason', { when: ['visible', 'required'] });

  it('is what the server says', () => {
    const states = { reason: { visible: true, required: true, readOnly: false } };
    expect(stateOf(reason, states)).toEqual(states.reason);
    expect(takesValue(reason, states)).toBe(true);
    expect(takesValue(reason, { reason: { visible: true, required: false, readOnly: true } })).toBe(false);
  });

  it('is told by the field itself where there are no conditions', () => {
    expect(stateOf(field('name', { required: true }), {})).toEqual({ visible: true, required: true, readOnly: false });
    expect(stateOf(field('name', { required: true }), 'pending').visible).toBe(true);
  });

  it('shows nothing before the answer, and everything when none comes', () => {
    expect(stateOf(reason, 'pending').visible).toBe(false);
    expect(stateOf(reason, 'failed').visible).toBe(true);
    expect(takesValue(reason, 'failed')).toBe(true);
  });

  it('brings what a new record gets, until somebody types', () => {
    const size = field('size', { hasDefault: true });
    const states = { size: { visible: true, required: false, readOnly: false, byDefault: 12.5 } };
    expect(asksServer([size], true)).toBe(true);
    expect(asksServer([size], false)).toBe(false);
    expect(defaults([size, field('name')], states, () => false)).toEqual({ size: 12.5 });
    expect(defaults([size], states, () => true)).toEqual({});
    expect(defaults([size], 'pending', () => false)).toEqual({});
  });

  it('is asked for only where a field has conditions', () => {
    expect(hasConditions([field('name')])).toBe(false);
    expect(hasConditions([field('name'), reason])).toBe(true);
  });
});

describe('what a form sends', () => {
  it('is what somebody gave, under the names of the data API', () => {
    const fields = [field('name'), field('site', { type: 'lookup' }), field('pieces', { type: 'integer' }), field('note')];
    const values = { name: 'A', site: 'id-1', pieces: '12', note: 'kept' };
    expect(sent(fields, values, (f) => f.name !== 'note')).toEqual({ name: 'A', site_id: 'id-1', pieces: 12 });
    expect(sent(fields, { note: '' }, (f) => f.name === 'note')).toEqual({ note: null });
  });
});
