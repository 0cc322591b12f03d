import dayjs, { type Dayjs } from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);
dayjs.extend(timezone);

const WALL_CLOCK = 'YYYY-MM-DDTHH:mm:ss';

/** The zone of this browser, for as long as nothing better is known. */
export const hereZone = (): string => dayjs.tz.guess();

/** What a clock in the zone shows at an instant. */
export function wallClock(instant: string, zone: string): Dayjs {
  return dayjs(dayjs(instant).tz(zone).format(WALL_CLOCK));
}

/** The instant at which a clock in the zone shows this. */
export function instantOf(clock: Dayjs, zone: string): string {
  return dayjs.tz(clock.format(WALL_CLOCK), zone).toISOString();
}
