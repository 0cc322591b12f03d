import { describe, expect, it } from 'vitest';
import { formattedJson, jsonFault } from './json';

describe('the JSON of a field', () => {
  it('is marked where it stops being JSON', () => {
    expect(jsonFault('{"a": 1}')).toBeNull();
    expect(jsonFault('  ')).toBeNull();
    expect(jsonFault('{"a": 1,\n "b": x}')?.at).toBe(15);
    expect(jsonFault('[1, 2')?.at).toBe(5);
    expect(jsonFault('{"a": {"b": [1,, 2]}}')?.at).toBe(15);
    expect(jsonFault('{a: 1}')?.at).toBe(1);
    expect(jsonFault('[1] 2')?.at).toBe(4);
  });

  it('is shown in lines unless that would change a number', () => {
    expect(formattedJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(formattedJson('[12345678901234567890]')).toBe('[12345678901234567890]');
    expect(formattedJson('[2.50]')).toBe('[2.50]');
  });
});
