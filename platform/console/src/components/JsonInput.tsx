import { javascript } from '@codemirror/lang-javascript';
import { linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import CodeMirror from '@uiw/react-codemirror';
import { ConfigProvider } from 'antd';
import { useState } from 'react';
import { formattedJson, jsonFault } from './json';

const EXTENSIONS = [
  javascript(),
  lintGutter(),
  linter((view): Diagnostic[] => {
    const text = view.state.doc.toString();
    const fault = jsonFault(text);
    return fault ? [{ from: Math.max(0, fault.at - 1), to: fault.at, severity: 'error', message: fault.message }] : [];
  }),
];

/** Edits JSON; what is wrong is marked where it is. */
export default function JsonInput({ value, onChange }: { value: string | null; onChange: (text: string | null) => void }) {
  const disabled = ConfigProvider.useConfig().componentDisabled === true;
  // Formatted once: what is being typed stays as it is typed.
  const [text, setText] = useState(() => formattedJson(value ?? ''));
  return (
    <CodeMirror
      className="tn-json-input"
      value={text}
      editable={!disabled}
      minHeight="72px"
      maxHeight="320px"
      basicSetup={{ foldGutter: true, highlightActiveLine: false }}
      extensions={EXTENSIONS}
      onChange={(next) => {
        setText(next);
        onChange(next.trim() === '' ? null : next);
      }}
    />
  );
}
