import { describe, expect, it } from 'vitest';
import { percent, told } from './schemaChange';

const t = ((key: string, values?: { version?: number }) => `${key} ${values?.version ?? ''}`.trim()) as never;

describe('publishing', () => {
  it('tells the version, or that the change goes on', () => {
    expect(told(t, { modelVersion: 7 })).toBe('objects.published 7');
    expect(told(t, { schemaChange: 'a' })).toBe('schemaChanges.started');
  });

  it('tells how much is done, where it is known', () => {
    expect(percent({ done: 0, total: 0 })).toBeNull();
    expect(percent({ done: 333, total: 1000 })).toBe(33);
    expect(percent({ done: 1005, total: 1000 })).toBe(100);
  });
});
