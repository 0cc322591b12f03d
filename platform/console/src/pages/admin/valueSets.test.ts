import { describe, expect, it } from 'vitest';
import type { ElementDescription } from '../../api/types';
import { moveUp, newSet, newValue, valueChanges } from './valueSets';

const element = (key: string, properties: Record<string, unknown> = {}, origin = 'custom'): ElementDescription => ({
  key,
  type: key.split(':')[0]!,
  name: key.split('/').pop()!,
  origin,
  properties: Object.entries(properties).map(([name, value]) => ({ name, value, layer: origin, changeable: true, chain: [] })),
});

describe('value sets', () => {
  it('are made with their values', () => {
    expect(newSet({ name: 'Industry', label: 'Industry', labelZh: '行业', values: [{ key: 'tech', label: 'Technology' }] })).toEqual([
      { op: 'add', element: 'valueSet:c__Industry', properties: { label: 'Industry', 'label@zh-CN': '行业' } },
      { op: 'add', element: 'setValue:c__Industry/tech', properties: { label: 'Technology' } },
    ]);
  });

  it('of a package get values under the own prefix', () => {
    const key = (origin: string) => newValue(element('valueSet:crm__Industry', {}, origin), { key: 'x', label: 'X' }).element;
    expect(key('crm')).toBe('setValue:crm__Industry/c__x');
    expect(key('custom')).toBe('setValue:crm__Industry/x');
  });

  it('change only what differs', () => {
    const value = element('setValue:crm__Industry/tech', { label: 'Tech', color: 'red' }, 'crm');
    expect(valueChanges(value, { label: 'Tech', color: 'red', active: true })).toEqual([]);
    expect(valueChanges(value, { label: 'Tech', labelZh: '科技', active: false })).toEqual([
      { op: 'set', element: value.key, property: 'label@zh-CN', value: '科技' },
      { op: 'set', element: value.key, property: 'color', value: null },
      { op: 'set', element: value.key, property: 'active', value: false },
    ]);
  });

  it('move a value up among its neighbours', () => {
    const values = ['a', 'b', 'c', 'd'].map((key, at) => element(`setValue:c__S/${key}`, at === 3 ? { after: 'c' } : {}));
    expect(moveUp(values, 0)).toEqual([]);
    expect(moveUp(values, 1)).toEqual([
      { op: 'set', element: 'setValue:c__S/b', property: 'first', value: true },
      { op: 'set', element: 'setValue:c__S/a', property: 'after', value: 'b' },
    ]);
    expect(moveUp(values, 2)).toEqual([
      { op: 'set', element: 'setValue:c__S/c', property: 'after', value: 'a' },
      { op: 'set', element: 'setValue:c__S/b', property: 'after', value: 'c' },
      { op: 'set', element: 'setValue:c__S/d', property: 'after', value: 'b' },
    ]);
  });
});
