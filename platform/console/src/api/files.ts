import type { FieldDescription } from './types';

/** A file as the data API tells it; a save takes it as it is. */
export interface FileValue {
  id: string;
  name: string;
  type: string;
  size: number;
  width?: number;
  height?: number;
  href: string;
}

export const isFile = (field: FieldDescription) => field.type === 'file' || field.type === 'image';

export function readableSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const unit = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** unit).toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}

/** What the browser's dialog offers: images have a fixed set, files what the field takes. */
export function offeredTypes(field: FieldDescription): string | undefined {
  if (field.accept && field.accept.length > 0) return field.accept.join(',');
  return field.type === 'image' ? 'image/png,image/jpeg,image/gif' : undefined;
}
