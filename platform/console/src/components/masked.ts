/** What the server shows instead of an encrypted text that the reader may not see. */
export const DOTS = '••••••••';

/** What it shows of a text that it cannot open. */
export const UNREADABLE = '⚠';

export const isMasked = (text: string) => text.startsWith(DOTS) || text === UNREADABLE;
