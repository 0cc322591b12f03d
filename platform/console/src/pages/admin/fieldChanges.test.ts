import { describe, expect, it } from 'vitest';
import { fieldChanges } from './fieldChanges';

describe('a new field', () => {
  it('gets the prefix of the custom layer on an object of a package', () => {
    expect(fieldChanges('recruiting__Candidate', false, { name: 'shoeSize', type: 'integer', label: 'Shoe size', labelZh: '鞋码' })).toEqual([
      {
        op: 'add',
        element: 'field:recruiting__Candidate/c__shoeSize',
        properties: { type: 'integer', label: 'Shoe size', 'label@zh-CN': '鞋码' },
      },
    ]);
  });

  it('brings the values of a picklist as elements of their own', () => {
    const changes = fieldChanges('c__Store', true, { name: 'format', type: 'picklist', label: 'Format', values: [{ key: 'fresh', label: 'Fresh' }] });
    expect(changes.map((c) => c.element)).toEqual(['field:c__Store/format', 'value:c__Store/format/fresh']);
  });

  it('takes the codes of a standard instead of values, and the day of an amount', () => {
    const countries = fieldChanges('c__Store', true, { name: 'land', type: 'picklist', label: 'Land', codes: 'countries', values: [{ key: '', label: '' }] });
    expect(countries).toEqual([{ op: 'add', element: 'field:c__Store/land', properties: { type: 'picklist', label: 'Land', codes: 'countries' } }]);
    const [fee] = fieldChanges('c__Store', true, { name: 'fee', type: 'currency', label: 'Fee', rateDate: 'opened' });
    expect(fee).toMatchObject({ properties: { type: 'currency', precision: 12, scale: 2, rateDate: 'opened' } });
  });

  it('takes a shared set instead of values', () => {
    expect(fieldChanges('c__Store', true, { name: 'kind', type: 'multiPicklist', label: 'Kind', valueSet: 'crm__Kind', values: [{ key: '', label: '' }] })).toEqual([
      { op: 'add', element: 'field:c__Store/kind', properties: { type: 'multiPicklist', label: 'Kind', valueSet: 'crm__Kind' } },
    ]);
  });

  it('says what links lead to and how they are called there, and never demands one', () => {
    const [skills] = fieldChanges('c__Worker', true, { name: 'skills', type: 'manyToMany', label: 'Skills', target: 'c__Skill', inverseLabel: 'Workers', inverseLabelZh: '工人', required: true, unique: true });
    expect(skills).toMatchObject({ properties: { type: 'manyToMany', label: 'Skills', target: 'c__Skill', inverseLabel: 'Workers', 'inverseLabel@zh-CN': '工人' } });
    expect(skills).not.toHaveProperty('properties.required');
  });

  it('says how numbers are counted, and only where it is not as usual', () => {
    const number = (more: object) => fieldChanges('c__Store', true, { name: 'no', type: 'autoNumber', label: 'No.', format: '{yy}-{000}', ...more })[0];
    expect(number({ reset: 'never' })).toMatchObject({ properties: { type: 'autoNumber', label: 'No.', format: '{yy}-{000}' } });
    expect(number({ reset: 'year', gapless: true })).toMatchObject({ properties: { reset: 'year', gapless: true } });
  });

  it('ignores case only in texts that are unique, and has no second index', () => {
    const properties = (more: object) => fieldChanges('c__Store', true, { name: 'x', type: 'text', label: 'X', ...more })[0];
    expect(properties({ unique: true, ignoreCase: true, indexed: true })).toHaveProperty('properties', { type: 'text', label: 'X', unique: true, ignoreCase: true });
    expect(properties({ ignoreCase: true, indexed: true })).toHaveProperty('properties', { type: 'text', label: 'X', indexed: true });
  });

  it('takes values of referring records together', () => {
    const [change] = fieldChanges('c__Store', true, { name: 'mean', type: 'rollUp', label: 'Mean', object: 'c__Visit', via: 'store', function: 'avg', field: 'score', filter: ' ' });
    expect(change).toHaveProperty('properties', { type: 'rollUp', label: 'Mean', object: 'c__Visit', via: 'store', function: 'avg', field: 'score' });
  });

  it('is text with a format where people say e-mail, phone or address', () => {
    const [change] = fieldChanges('c__Store', true, { name: 'mail', type: 'email', label: 'Mail' });
    expect(change).toMatchObject({ properties: { type: 'text', format: 'email', maxLength: 255 } });
  });
});
