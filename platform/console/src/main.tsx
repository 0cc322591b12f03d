import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { finishSilentRenewal } from './auth/session';
import './i18n';
import './app/console.css';

// A silent renewal runs in a hidden frame: it must not start the whole console in there.
if (window.location.pathname === '/auth/silent') {
  void finishSilentRenewal();
} else {
  createRoot(document.getElementById('root')!).render(<App />);
}
