import { describe, expect, it } from 'vitest';
import { fieldOf, hidden, settingChange, shown, type SettingDescription } from './settings';

const step = (layer: string, value: unknown) => ({ layer, value, file: 'settings.yaml', line: 1 });

const setting = (over: Partial<SettingDescription>): SettingDescription => ({
  key: 'setting:shop__limit',
  name: 'shop__limit',
  origin: 'shop',
  label: 'Limit',
  help: null,
  type: 'decimal',
  maxLength: null,
  precision: null,
  scale: null,
  value: 10,
  layer: 'shop',
  changeable: true,
  chain: [step('shop', 10)],
  choices: null,
  ...over,
});

describe('settings', () => {
  it('are changed in the own layer, numbers as numbers', () => {
    expect(settingChange(setting({}), '12.5')).toEqual({ op: 'set', element: 'setting:shop__limit', property: 'value', value: 12.5 });
    expect(settingChange(setting({}), '10')).toBeNull();
    expect(settingChange(setting({}), null)).toBeNull();
    expect(settingChange(setting({ type: 'boolean', value: true }), false)).toMatchObject({ value: false });
  });

  it('are taken back to what the own layer hides', () => {
    expect(hidden(setting({}))).toBeUndefined();
    expect(hidden(setting({ layer: 'custom', value: 12, chain: [step('shop', 10), step('custom', 12)] }))).toMatchObject({ layer: 'shop', value: 10 });
    // A setting of the own layer hides nothing.
    expect(hidden(setting({ layer: 'custom', origin: 'custom', chain: [step('custom', 12)] }))).toBeUndefined();
  });

  it('are offered what they may be, where that is known', () => {
    const choices = [
      { value: 'CNY', label: 'Yuan' },
      { value: 'EUR', label: 'Euro' },
    ];
    const currency = setting({ type: 'text', value: 'CNY', choices });
    expect(fieldOf(currency)).toMatchObject({ type: 'picklist', values: [{ key: 'CNY', label: 'Yuan' }, { key: 'EUR' }] });
    expect(shown(currency, 'EUR', 'yes', 'no')).toBe('Euro');
    expect(fieldOf(setting({})).type).toBe('decimal');
    expect(shown(setting({}), true, 'yes', 'no')).toBe('yes');
    expect(shown(setting({}), null, 'yes', 'no')).toBe('');
  });
});
