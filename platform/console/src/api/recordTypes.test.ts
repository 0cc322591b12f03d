import { describe, expect, it } from 'vitest';
import { besideType, choicesOfType, initialType, layoutOf, typeOf } from './recordTypes';
import type { FieldDescription, ObjectDescription, Row } from './types';

const section = (name: string) => ({ name, label: name, columns: 2, fields: [] });
const type = (key: string, more: object = {}) => ({ key, label: key, active: true, creatable: true, assignable: true, sections: null, related: null, ...more });
const object = {
  layout: { sections: [section('main'), section('money'), section('more')], related: [] },
  defaultRecordType: 'service',
  recordTypes: [type('sale', { sections: ['money', 'main', 'gone'] }), type('service', { creatable: false }), type('former', { creatable: false, assignable: false })],
} as unknown as ObjectDescription;
const row = (recordType: string | null) => ({ id: '1', version: 1, recordType }) as Row;
const plain = { ...object, recordTypes: undefined } as ObjectDescription;

describe('record types', () => {
  it('are those of the record, else the default', () => {
    expect([typeOf(object, row('sale')), typeOf(object, row(null)), typeOf(plain, row(null))]).toEqual(['sale', 'service', null]);
  });

  it('are offered as far as a person may give them, and the one that is there', () => {
    expect(choicesOfType(object, null).map((t) => t.key)).toEqual(['sale']);
    expect(choicesOfType(object, row('former')).map((t) => t.key)).toEqual(['sale', 'service', 'former']);
    expect(initialType(object)).toBe('sale');
    expect(initialType(plain)).toBeNull();
  });

  it('have their own choice and order of sections', () => {
    expect(layoutOf(object, 'sale').sections.map((s) => s.name)).toEqual(['money', 'main']);
    expect(layoutOf(object, 'service').sections).toHaveLength(3);
    expect(layoutOf(plain, null).sections).toHaveLength(3);
  });

  it('leave only some values, together with other fields', () => {
    const field = { ofTypes: { sale: ['a', 'b'] } } as unknown as FieldDescription;
    expect(besideType(field, 'sale', undefined)).toEqual(['a', 'b']);
    expect(besideType(field, 'sale', ['b', 'c'])).toEqual(['b']);
    expect(besideType(field, 'other', ['b', 'c'])).toEqual(['b', 'c']);
    expect(besideType(field, null, undefined)).toBeUndefined();
  });
});
