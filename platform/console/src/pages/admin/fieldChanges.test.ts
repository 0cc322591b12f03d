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

  it('is text with a format where people say e-mail, phone or address', () => {
    const [change] = fieldChanges('c__Store', true, { name: 'mail', type: 'email', label: 'Mail' });
    expect(change).toMatchObject({ properties: { type: 'text', format: 'email', maxLength: 255 } });
  });
});
