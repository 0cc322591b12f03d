import { expect, test } from 'vitest';
import type { ElementDescription } from '../../api/types';
import { typeChanges } from './typeChange';

const property = (name: string, value: unknown) => ({
  name,
  value,
  layer: 'custom',
  changeable: true,
  chain: [{ layer: 'custom', value, file: '', line: 0 }],
});
const field = {
  key: 'field:c__Big/code',
  type: 'field',
  name: 'code',
  origin: 'custom',
  properties: [property('type', 'text'), property('maxLength', 40), property('label', 'Code')],
} as unknown as ElementDescription;

test('a type takes with it what only it knows', () => {
  expect(typeChanges(field, [], { type: 'integer' })).toEqual([
    { op: 'reset', element: 'field:c__Big/code', property: 'maxLength' },
    { op: 'set', element: 'field:c__Big/code', property: 'type', value: 'integer' },
  ]);
});

test('a list gets its values in the same change', () => {
  expect(typeChanges(field, [], { type: 'picklist', keys: 'open\n done \n' }).slice(1)).toEqual([
    { op: 'set', element: 'field:c__Big/code', property: 'type', value: 'picklist' },
    { op: 'add', element: 'value:c__Big/code/open', properties: { label: 'open' } },
    { op: 'add', element: 'value:c__Big/code/done', properties: { label: 'done' } },
  ]);
});
