import { Input, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { conditionFaults } from '../../api/expressions';

const PAUSE_MILLIS = 500;

/** A condition over records of an object, checked while it is typed. */
export function ConditionInput({
  object,
  candidatesOf,
  label,
  value,
  onChange,
}: {
  object: string;
  /** The reference whose candidates the condition is about. */
  candidatesOf?: string;
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const [faults, setFaults] = useState('');
  useEffect(() => {
    let late = false;
    const check = async () => {
      // Where the check itself fails, saving tells what is wrong.
      const found = value.trim() ? await conditionFaults(object, value, candidatesOf).catch(() => '') : '';
      if (!late) setFaults(found);
    };
    const pause = setTimeout(() => void check(), PAUSE_MILLIS);
    return () => {
      late = true;
      clearTimeout(pause);
    };
  }, [object, value, candidatesOf]);
  return (
    <div style={{ width: '100%' }}>
      <Input.TextArea
        autoSize
        aria-label={label}
        status={faults ? 'error' : undefined}
        style={{ fontFamily: 'monospace' }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {faults && (
        <Typography.Text type="danger" style={{ whiteSpace: 'pre-wrap' }} data-testid="condition-faults">
          {faults}
        </Typography.Text>
      )}
    </div>
  );
}
