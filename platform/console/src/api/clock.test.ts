import { describe, expect, it } from 'vitest';
import { instantOf, wallClock } from './clock';

describe('a time in the person’s zone', () => {
  it.each([
    ['2026-07-01T23:30:00.000Z', 'Asia/Shanghai', '2026-07-02 07:30'],
    ['2026-07-01T23:30:00.000Z', 'America/New_York', '2026-07-01 19:30'],
    ['2026-01-15T05:00:00.000Z', 'Asia/Kathmandu', '2026-01-15 10:45'],
  ])('%s in %s is %s, and back', (instant, zone, clock) => {
    const shown = wallClock(instant, zone);
    expect(shown.format('YYYY-MM-DD HH:mm')).toBe(clock);
    expect(instantOf(shown, zone)).toBe(instant);
  });
});
