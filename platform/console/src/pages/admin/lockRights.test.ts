import { expect, test } from 'vitest';
import type { ElementDescription } from '../../api/types';
import { lockers, lockRightChanges } from './lockRights';

const permission = (set: string, properties: [string, unknown, string][]): ElementDescription => ({
  key: `objectPermission:${set}/crm__Deal`,
  type: 'objectPermission',
  name: set,
  origin: 'crm',
  properties: properties.map(([name, value, layer]) => ({ name, value, layer, changeable: true, chain: [{ layer, value, file: '', line: 0 }] })),
});
const lead = permission('crm__lead', [['edit', true, 'crm'], ['lock', true, 'crm']]);
const clerk = permission('crm__clerk', [['edit', true, 'crm']]);
const reader = permission('crm__reader', [['read', true, 'crm']]);
const all = [lead, clerk, reader];

test('only sets that may edit can give the rights on locks', () => {
  expect(lockers('lock', all)).toEqual({ possible: ['crm__lead', 'crm__clerk'], chosen: ['crm__lead'] });
  expect(lockers('editLocked', all).chosen).toEqual([]);
});

test('a right is given and taken, and what stays is not told', () => {
  expect(lockRightChanges('lock', all, ['crm__lead'])).toEqual([]);
  expect(lockRightChanges('lock', all, ['crm__clerk'])).toEqual([
    { op: 'set', element: lead.key, property: 'lock', value: false },
    { op: 'set', element: clerk.key, property: 'lock', value: true },
  ]);
  const own = permission('crm__clerk', [['edit', true, 'crm'], ['editLocked', true, 'custom']]);
  expect(lockRightChanges('editLocked', [own], [])).toEqual([{ op: 'reset', element: own.key, property: 'editLocked' }]);
});
