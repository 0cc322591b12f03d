import type { ReactNode } from 'react';

/** One record in a picker's list: its name, and below it what tells it from others. */
export function BesideTitle({ option }: { option: { label?: ReactNode; data: { beside?: string } } }) {
  return (
    <>
      {option.label}
      {option.data.beside && <div className="tn-muted">{option.data.beside}</div>}
    </>
  );
}
