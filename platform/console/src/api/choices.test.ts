import { expect, test } from 'vitest';
import { besideTitle } from './choices';
import type { ObjectDescription, Row } from './types';

test('fields beside a name are told in their order, picklists in words, what is empty or hidden not at all', () => {
  const object = {
    fields: [
      { name: 'code', type: 'text' },
      { name: 'state', type: 'picklist', values: [{ key: 'fresh', label: 'Fresh', active: true }] },
    ],
  } as unknown as ObjectDescription;
  const row = { id: '1', version: 1, state: 'fresh', code: 'A-1', price: null } as Row;
  expect(besideTitle(object, ['code', 'state', 'price', 'hidden'], row)).toBe('A-1 · Fresh');
});
