import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Button, Input, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DOTS, isMasked, UNREADABLE } from './masked';

/** An encrypted text: hidden from who looks over a shoulder until it is asked for. */
export function Secret({ value, hidden }: { value: string; hidden: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (value === UNREADABLE) return <Tooltip title={t('record.unreadable')}>{value}</Tooltip>;
  if (!hidden || isMasked(value)) return <>{value}</>;
  return (
    <>
      {open ? value : DOTS}{' '}
      <Button
        type="text"
        size="small"
        aria-label={t(open ? 'record.hide' : 'record.reveal')}
        icon={open ? <EyeInvisibleOutlined /> : <EyeOutlined />}
        onClick={(event) => {
          event.stopPropagation();
          setOpen(!open);
        }}
      />
    </>
  );
}

/** What is shown masked is not edited but replaced, so it is selected as a whole. */
export function SecretInput({ id, value, maxLength, onChange }: { id?: string; value?: string | null; maxLength?: number; onChange: (value: string) => void }) {
  const masked = isMasked(value ?? '');
  return (
    <Input.Password
      id={id}
      autoComplete="new-password"
      allowClear
      maxLength={masked ? undefined : maxLength}
      value={value ?? ''}
      visibilityToggle={!masked}
      onFocus={(event) => masked && event.target.select()}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
