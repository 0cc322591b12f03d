import { describe, expect, it } from 'vitest';
import { addressLine, inputsFor, money, namesFor, wholeOf } from './compound';
import { expandFor, selectFor } from './query';
import type { FieldDescription, ObjectDescription, Row } from './types';

const field = (name: string, type: FieldDescription['type'], more: Partial<FieldDescription> = {}): FieldDescription => ({
  name,
  label: name,
  type,
  required: false,
  unique: false,
  readOnly: false,
  editable: true,
  when: [],
  system: false,
  hasDefault: false,
  ...more,
});

const fee = field('fee', 'currency', { parts: { currency: 'feeCurrency', converted: 'feeConverted' } });
const feeCurrency = field('feeCurrency', 'picklist', { part: { of: 'fee', role: 'currency' } });
const feeConverted = field('feeConverted', 'derived', { resultType: 'decimal', part: { of: 'fee', role: 'converted' } });
const home = field('home', 'address', {
  parts: { country: 'homeCountry', state: 'homeState', city: 'homeCity', district: 'homeDistrict', street: 'homeStreet', postalCode: 'homePostalCode' },
});
const fields = [fee, feeCurrency, feeConverted, home, field('homeCountry', 'picklist'), field('homeCity', 'text')];

describe('fields of several values', () => {
  it('are filled by one control with an input for each stored value', () => {
    expect(inputsFor(fee, fields).map((f) => f.name)).toEqual(['fee', 'feeCurrency']);
    expect(inputsFor(home, fields).map((f) => f.name)).toEqual(['homeCountry', 'homeCity']);
    expect(wholeOf(feeCurrency)).toBe('fee');
    expect(namesFor(fee)).toEqual(['fee', 'feeCurrency', 'feeConverted']);
  });

  it('are read with all of their parts, also over references', () => {
    const object = { fields, titleField: 'fee' } as ObjectDescription;
    const columns = [{ path: 'fee', label: '', field: fee }, { path: 'offer.fee', label: '', field: fee }];
    expect(selectFor(columns, object)).toBe('id,version,fee,feeCurrency,feeConverted');
    expect(expandFor(columns)).toBe('offer($select=id,fee,feeCurrency,feeConverted)');
  });

  it('show an amount with its currency', () => {
    expect(money('1234.5', 'USD', 2, 'en').replace(/\s/g, ' ')).toBe('USD 1,234.50');
    expect(money('1234.5', null, 1, 'en')).toBe('1,234.5');
  });

  it('show an address in the order of its country and language', () => {
    const chinese = { homeCountry: 'CN', homeState: '上海市', homeDistrict: '浦东新区', homeStreet: '世纪大道100号', homePostalCode: '200120' } as unknown as Row;
    expect(addressLine(home, chinese, 'zh')).toBe('上海市浦东新区世纪大道100号 200120');
    expect(addressLine(home, chinese, 'en')).toBe('世纪大道100号, 浦东新区, 上海市 200120, China');
    expect(addressLine(home, { homeCity: 'Köln', homeCountry: 'DE' } as unknown as Row, 'en')).toBe('Köln, Germany');
    expect(addressLine(home, {} as Row, 'en')).toBe('');
  });
});
