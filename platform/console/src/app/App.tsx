import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, Button, ConfigProvider, Result, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Route, Routes, useNavigate } from 'react-router';
import { ApiError } from '../api/client';
import { accessToken, finishLogin, login } from '../auth/session';
import { HomePage } from '../pages/HomePage';
import { InboxPage } from '../pages/approvals/InboxPage';
import { ListPage } from '../pages/records/ListPage';
import { RecordFormPage } from '../pages/records/RecordFormPage';
import { RecordPage } from '../pages/records/RecordPage';
import { RecycleBinPage } from '../pages/records/RecycleBinPage';
import { Shell } from './Shell';

// Setup pages bring the code editor and are opened by few people: loaded when needed.
const ObjectsPage = lazy(() => import('../pages/admin/ObjectsPage'));
const ObjectPage = lazy(() => import('../pages/admin/ObjectPage'));
const ValueSetsPage = lazy(() => import('../pages/admin/ValueSetsPage'));
const SettingsPage = lazy(() => import('../pages/admin/SettingsPage'));
const CurrenciesPage = lazy(() => import('../pages/admin/CurrenciesPage'));
const HistoryPage = lazy(() => import('../pages/admin/HistoryPage'));
const ScriptsPage = lazy(() => import('../pages/admin/ScriptsPage'));
const PackagesPage = lazy(() => import('../pages/admin/PackagesPage'));
const PluginsPage = lazy(() => import('../pages/admin/PluginsPage'));
const UsersPage = lazy(() => import('../pages/admin/UsersPage'));
const TokensPage = lazy(() => import('../pages/admin/TokensPage'));
const SignInPage = lazy(() => import('../pages/SignInPage'));
const IdentityEventsPage = lazy(() => import('../pages/admin/IdentityEventsPage'));
const ExportsPage = lazy(() => import('../pages/records/ExportsPage'));
const ImportsPage = lazy(() => import('../pages/admin/ImportsPage'));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays a refusal; only a lost connection is worth another try.
      retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
      refetchOnWindowFocus: false,
    },
  },
});

export function App() {
  const { i18n } = useTranslation();
  const chinese = i18n.language === 'zh-CN';
  dayjs.locale(chinese ? 'zh-cn' : 'en');
  return (
    <ConfigProvider
      locale={chinese ? zhCN : enUS}
      theme={{ token: { colorPrimary: '#1f4fd8', borderRadius: 6 } }}
    >
      <AntApp>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <Routes>
              <Route path="/auth/callback" element={<Callback />} />
              <Route path="*" element={<SignedIn />} />
            </Routes>
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

function Callback() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const started = useRef(false);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    finishLogin()
      .then((returnTo) => navigate(returnTo, { replace: true }))
      // Not begun again by itself: a server that refuses would be asked for ever.
      .catch((refused: unknown) => setFailure(String((refused as Error).message ?? refused)));
  }, [navigate]);
  if (failure === null) return <Spin fullscreen />;
  return (
    <Result
      status="warning"
      title={t('error.login')}
      subTitle={failure}
      extra={
        <Button type="primary" onClick={() => void login('/')}>
          {t('error.loginAgain')}
        </Button>
      }
    />
  );
}

/** An address that nobody has given: mistyped, or of a page that has moved. */
function NothingHere() {
  const { t } = useTranslation();
  return <Result status="404" subTitle={t('common.notFound')} />;
}

function SignedIn() {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    void accessToken().then((token) => (token ? setReady(true) : login()));
  }, []);
  if (!ready) return <Spin fullscreen />;
  return (
    <Shell>
      <Suspense fallback={<Spin />}>
        <Routes>
          <Route path="/" element={<HomePage />} />
          <Route path="/approvals" element={<InboxPage />} />
          <Route path="/o/:object" element={<ListPage />} />
          <Route path="/o/:object/new" element={<RecordFormPage />} />
          <Route path="/o/:object/:id" element={<RecordPage />} />
          <Route path="/o/:object/:id/edit" element={<RecordFormPage />} />
          <Route path="/recycle-bin" element={<RecycleBinPage />} />
          <Route path="/exports" element={<ExportsPage />} />
          <Route path="/imports" element={<ImportsPage />} />
          <Route path="/sign-in" element={<SignInPage />} />
          <Route path="/setup/sign-ins" element={<IdentityEventsPage />} />
          <Route path="/tokens" element={<TokensPage />} />
          <Route path="/setup/value-sets" element={<ValueSetsPage />} />
          <Route path="/setup/settings" element={<SettingsPage />} />
          <Route path="/setup/currencies" element={<CurrenciesPage />} />
          <Route path="/setup/objects" element={<ObjectsPage />} />
          <Route path="/setup/objects/:object" element={<ObjectPage />} />
          <Route path="/setup/objects-history" element={<HistoryPage />} />
          <Route path="/setup/scripts" element={<ScriptsPage />} />
          <Route path="/setup/packages" element={<PackagesPage />} />
          <Route path="/setup/plugins" element={<PluginsPage />} />
          <Route path="/setup/users" element={<UsersPage />} />
          <Route path="*" element={<NothingHere />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}
