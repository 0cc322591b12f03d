import { describe, expect, it } from 'vitest';
import type { FieldDescription } from '../../api/types';
import { toFilter, type Operator } from './filters';

const field = (name: string, type: FieldDescription['type'], more: Partial<FieldDescription> = {}): FieldDescription => ({
  name,
  label: name,
  type,
  required: false,
  unique: false,
  readOnly: false,
  editable: true,
  system: false,
  hasDefault: false, when: [],
  ...more,
});

const fields = [field('name', 'text'), field('salary', 'decimal'), field('candidate', 'lookup', { target: 'x__C' }), field('days', 'formula', { resultType: 'integer' })];

describe('the filter of a list', () => {
  it('asks about the values of a list one by one, and compares times', () => {
    const more = [field('tags', 'multiPicklist'), field('opens', 'time'), field('body', 'richText')];
    const asked = (operator: Operator, value: unknown, name = 'tags') => toFilter([{ field: name, operator, value }], more);
    expect(asked('hasAny', ['a', "b'"])).toBe("tags/any(v:v eq 'a' or v eq 'b''')");
    expect(asked('hasAll', ['a', 'b'])).toBe("tags/any(v:v eq 'a') and tags/any(v:v eq 'b')");
    expect(asked('empty', null)).toBe('not tags/any()');
    expect(asked('hasAny', [])).toBeUndefined();
    expect(asked('lt', '08:30:00', 'opens')).toBe('opens lt 08:30:00');
    expect(asked('contains', 'x', 'body')).toBe("contains(body,'x')");
  });

  it('asks about linked records by their ids', () => {
    const skills = [field('skills', 'manyToMany', { target: 'x__S' })];
    const row = (id: string) => ({ id, version: 1 });
    expect(toFilter([{ field: 'skills', operator: 'hasAny', value: [row('a'), row('b')] }], skills)).toBe('skills/any(v:v/id eq a or v/id eq b)');
    expect(toFilter([{ field: 'skills', operator: 'hasAll', value: [row('a')] }], skills)).toBe('skills/any(v:v/id eq a)');
    expect(toFilter([{ field: 'skills', operator: 'notEmpty', value: null }], skills)).toBe('skills/any()');
  });

  it('quotes text so that it stays text', () => {
    expect(toFilter([{ field: 'name', operator: 'contains', value: "O'Neil" }], fields)).toBe("contains(name,'O''Neil')");
  });

  it('joins conditions and keeps the digits of numbers', () => {
    expect(
      toFilter(
        [
          { field: 'salary', operator: 'ge', value: '12345678901234.50' },
          { field: 'days', operator: 'lt', value: 30 },
        ],
        fields,
      ),
    ).toBe('salary ge 12345678901234.50 and days lt 30');
  });

  it('compares references by their id', () => {
    expect(toFilter([{ field: 'candidate', operator: 'eq', value: '0199-id' }], fields)).toBe('candidate_id eq 0199-id');
  });

  it('passes over conditions that are not complete, but not tests for emptiness', () => {
    expect(
      toFilter(
        [
          { field: 'name', operator: 'eq', value: '' },
          { field: 'name', operator: 'empty', value: null },
          { field: 'gone', operator: 'eq', value: 'x' },
        ],
        fields,
      ),
    ).toBe('name eq null');
  });
});
