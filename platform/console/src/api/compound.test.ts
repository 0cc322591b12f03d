import { describe, expect, it } from 'vitest';
import { addressLine, inputsFor, money, namesFor, partName, referredTo, wholeOf } from './compound';
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

  it('refer to one record of several objects', () => {
    const about = field('about', 'polymorphicLookup', {
      resultType: 'picklist',
      parts: { plant__Site: 'aboutSite', sys__User: 'aboutSysUser' },
      titles: { plant__Site: 'code', sys__User: 'name' },
      values: [{ key: 'plant__Site', label: 'Site', active: true }],
    });
    const aboutSite = field('aboutSite', 'lookup', { target: 'plant__Site', part: { of: 'about', role: 'target' } });
    const columns = [{ path: 'about', label: '', field: about }, { path: 'note.about', label: '', field: about }];
    expect(selectFor(columns, { fields: [about], titleField: 'id' } as unknown as ObjectDescription)).toBe('id,version,about');
    expect(expandFor(columns)).toBe(
      'aboutSite($select=id,code),aboutSysUser($select=id,name),' +
        'note($select=id,about;$expand=aboutSite($select=id,code),aboutSysUser($select=id,name))',
    );
    const row = { id: '1', about: 'plant__Site', aboutSite: { id: '2', code: 'S7' }, aboutSysUser: null } as unknown as Row;
    expect(referredTo(about, row)).toEqual({ object: 'plant__Site', label: 'Site', record: { id: '2', code: 'S7' }, title: 'S7' });
    expect(referredTo(about, { id: '1', about: null } as unknown as Row)).toBeNull();
    expect(inputsFor(about, [about, aboutSite])).toEqual([aboutSite]);
    expect(partName('plant__Note', 'about', 'plant__Site')).toBe('aboutSite');
    expect(partName('plant__Note', 'about', 'sys__User')).toBe('aboutSysUser');
    expect(partName('plant__Note', 'c__about', 'c__Place')).toBe('c__aboutPlace');
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
