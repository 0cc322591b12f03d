import { describe, expect, it } from 'vitest';
import type { ElementDescription } from '../../api/types';
import { formOf, listChange, newRecordType, recordTypeChanges } from './recordTypes';

const KEY = 'recordType:crm__Lead/campus';
const type = (properties: [string, unknown, string][]): ElementDescription => ({
  key: KEY,
  type: 'recordType',
  name: 'campus',
  origin: 'crm',
  properties: properties.map(([name, value, layer]) => ({ name, value, layer, changeable: true, chain: [{ layer, value, file: '', line: 0 }] })),
});
const campus = type([
  ['label', 'Campus', 'crm'],
  ['values.stage', ['open', 'won'], 'crm'],
  ['defaults.stage', "'open'", 'crm'],
  ['defaults.city', "me.city", 'crm'],
]);

describe('record types in the designer', () => {
  it('get the own prefix on an object of a package', () => {
    expect(newRecordType('crm__Lead', false, { key: 'social', label: 'Social', labelZh: '社招' })).toEqual({
      op: 'add',
      element: 'recordType:crm__Lead/c__social',
      properties: { label: 'Social', 'label@zh-CN': '社招' },
    });
  });

  it('change nothing where nothing was changed', () => {
    expect(recordTypeChanges(campus, formOf(campus, ['stage', 'city']))).toEqual([]);
  });

  it('say what differs, and edit a product’s list', () => {
    const form = { ...formOf(campus, ['stage']), labelZh: '校招', active: false, values: { stage: ['open', 'lost'] }, defaults: { stage: undefined }, sections: ['main'] };
    expect(recordTypeChanges(campus, form)).toEqual([
      { op: 'set', element: KEY, property: 'label@zh-CN', value: '校招' },
      { op: 'set', element: KEY, property: 'active', value: false },
      { op: 'set', element: KEY, property: 'values.stage', value: { add: ['lost'], remove: ['won'] } },
      { op: 'set', element: KEY, property: 'defaults.stage', value: null },
      { op: 'set', element: KEY, property: 'sections', value: ['main'] },
    ]);
  });

  it('give a product’s list back, take it away, and make a list of their own', () => {
    const edited = type([['values.stage', ['open'], 'custom']]);
    edited.properties[0]!.chain.unshift({ layer: 'crm', value: ['open', 'won'], file: '', line: 0 });
    expect(listChange(edited, 'values.stage', ['won', 'open'])).toEqual({ op: 'reset', element: KEY, property: 'values.stage' });
    expect(listChange(campus, 'values.stage', [])).toEqual({ op: 'set', element: KEY, property: 'values.stage', value: null });
    expect(listChange(campus, 'values.kind', ['a'])).toEqual({ op: 'set', element: KEY, property: 'values.kind', value: ['a'] });
  });
});
