import { expect, test } from 'vitest';
import type { ElementDescription } from '../../api/types';
import { revealChanges, revealers } from './reveal';

const element = (key: string, properties: [string, unknown, string][]): ElementDescription => ({
  key,
  type: key.split(':')[0]!,
  name: key,
  origin: 'crm',
  properties: properties.map(([name, value, layer]) => ({ name, value, layer, changeable: true, chain: [{ layer, value, file: '', line: 0 }] })),
});
const account = element('field:crm__Payee/account', [['type', 'encryptedText', 'crm']]);
const payroll = element('objectPermission:crm__payroll/crm__Payee', [['read', true, 'crm'], ['reveal', ['account', 'tax'], 'crm']]);
const clerk = element('objectPermission:crm__clerk/crm__Payee', [['read', true, 'crm']]);
const mailbox = element('objectPermission:crm__mailbox/crm__Payee', [['create', true, 'crm']]);
const all = [account, payroll, clerk, mailbox];

test('only sets that may read the object can reveal its fields', () => {
  expect(revealers(account, all)).toEqual({ possible: ['crm__payroll', 'crm__clerk'], chosen: ['crm__payroll'] });
});

test('a product’s list is edited, another one is made, and what stays is not told', () => {
  expect(revealChanges(account, all, ['crm__payroll'])).toEqual([]);
  expect(revealChanges(account, all, ['crm__clerk'])).toEqual([
    { op: 'set', element: payroll.key, property: 'reveal', value: { remove: ['account'] } },
    { op: 'set', element: clerk.key, property: 'reveal', value: ['account'] },
  ]);
});
