import { Alert } from 'antd';
import { Component, type ReactNode } from 'react';
import i18next from 'i18next';

/** Keeps a fault of one page from taking the navigation away. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    if (this.state.error) {
      return <Alert type="error" showIcon title={i18next.t('error.boundary')} description={this.state.error.message} />;
    }
    return this.props.children;
  }
}
