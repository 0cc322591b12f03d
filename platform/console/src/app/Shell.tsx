import {
  ApartmentOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  CloudDownloadOutlined,
  CloudUploadOutlined,
  CodeOutlined,
  DatabaseOutlined,
  DeleteOutlined,
  ControlOutlined,
  DollarOutlined,
  GlobalOutlined,
  HomeOutlined,
  InboxOutlined,
  KeyOutlined,
  MenuOutlined,
  SafetyOutlined,
  SettingOutlined,
  TeamOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, Layout, Menu, Tag, type MenuProps } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { logout } from '../auth/session';
import { switchLanguage, type Language } from '../i18n';
import { ErrorBoundary } from './ErrorBoundary';
import { useApps, useMe } from './model';
import { NotificationBell } from './NotificationBell';

const { Sider, Header, Content } = Layout;

/** Navigation and header around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const location = useLocation();
  const me = useMe();
  const apps = useApps();
  const queries = useQueryClient();
  const [collapsed, setCollapsed] = useState(false);
  const may = (right: string) => me.data?.system.includes(right) ?? false;

  const setup: MenuProps['items'] = [
    may('customize') && { key: '/setup/objects', icon: <DatabaseOutlined />, label: <Link to="/setup/objects">{t('nav.objects')}</Link> },
    may('customize') && { key: '/setup/value-sets', icon: <UnorderedListOutlined />, label: <Link to="/setup/value-sets">{t('nav.valueSets')}</Link> },
    may('customize') && { key: '/setup/scripts', icon: <CodeOutlined />, label: <Link to="/setup/scripts">{t('nav.scripts')}</Link> },
    may('customize') && { key: '/setup/settings', icon: <ControlOutlined />, label: <Link to="/setup/settings">{t('nav.settings')}</Link> },
    may('customize') && { key: '/setup/currencies', icon: <DollarOutlined />, label: <Link to="/setup/currencies">{t('nav.currencies')}</Link> },
    may('managePackages') && { key: '/setup/packages', icon: <InboxOutlined />, label: <Link to="/setup/packages">{t('nav.packages')}</Link> },
    may('managePlugins') && { key: '/setup/plugins', icon: <ApiOutlined />, label: <Link to="/setup/plugins">{t('nav.plugins')}</Link> },
    may('manageUsers') && { key: '/setup/users', icon: <TeamOutlined />, label: <Link to="/setup/users">{t('nav.users')}</Link> },
    may('manageUsers') && { key: '/setup/sign-ins', icon: <SafetyOutlined />, label: <Link to="/setup/sign-ins">{t('nav.events')}</Link> },
    may('manageUsers') && { key: '/o/sys__OrganizationUnit', icon: <ApartmentOutlined />, label: <Link to="/o/sys__OrganizationUnit">{t('nav.organization')}</Link> },
  ].filter((item) => item !== false);

  const items: MenuProps['items'] = [
    { key: '/', icon: <HomeOutlined />, label: <Link to="/">{t('nav.home')}</Link> },
    { key: '/approvals', icon: <AuditOutlined />, label: <Link to="/approvals">{t('nav.approvals')}</Link> },
    ...(apps.data ?? []).map((app) => ({
      key: `app:${app.name}`,
      icon: <AppstoreOutlined />,
      label: app.label,
      children: app.objects.map((object) => ({
        key: `/o/${object.name}`,
        label: <Link to={`/o/${object.name}`}>{object.pluralLabel}</Link>,
      })),
    })),
    ...(may('importData')
      ? [{ key: '/imports', icon: <CloudUploadOutlined />, label: <Link to="/imports">{t('nav.imports')}</Link> }]
      : []),
    { key: '/exports', icon: <CloudDownloadOutlined />, label: <Link to="/exports">{t('nav.exports')}</Link> },
    { key: '/recycle-bin', icon: <DeleteOutlined />, label: <Link to="/recycle-bin">{t('nav.recycleBin')}</Link> },
    ...(setup.length > 0 ? [{ key: 'setup', icon: <SettingOutlined />, label: t('nav.setup'), children: setup }] : []),
  ];

  const selected = location.pathname.split('/').slice(0, location.pathname.startsWith('/setup/') || location.pathname.startsWith('/o/') ? 3 : 2).join('/');

  const change = async (language: Language) => {
    await switchLanguage(language);
    await queries.invalidateQueries();
  };

  return (
    <Layout style={{ minHeight: '100vh' }}>
      <Sider
        theme="light"
        width={232}
        breakpoint="lg"
        collapsedWidth={0}
        trigger={null}
        collapsed={collapsed}
        onBreakpoint={setCollapsed}
        style={{ borderInlineEnd: '1px solid #eceef1', position: 'sticky', top: 0, height: '100vh', overflow: 'auto' }}
      >
        <div className="tn-brand">
          <img src="/tenon.svg" alt="" />
          Tenon
        </div>
        {apps.data && me.data && (
          <Menu
            mode="inline"
            items={items}
            selectedKeys={[selected || '/']}
            defaultOpenKeys={[...apps.data.map((app) => `app:${app.name}`), 'setup']}
            style={{ borderInlineEnd: 0 }}
          />
        )}
      </Sider>
      <Layout>
        <Header className="tn-header">
          <Button
            type="text"
            icon={<MenuOutlined />}
            aria-label="Menu"
            onClick={() => setCollapsed((was) => !was)}
            style={{ marginInlineEnd: 'auto' }}
          />
          {me.data && <Tag data-testid="tenant">{me.data.tenant}</Tag>}
          <Dropdown
            trigger={['click']}
            menu={{
              selectedKeys: [i18n.language],
              items: [
                { key: 'en', label: 'English', onClick: () => void change('en') },
                { key: 'zh-CN', label: '简体中文', onClick: () => void change('zh-CN') },
              ],
            }}
          >
            <Button type="text" icon={<GlobalOutlined />} aria-label={t('nav.language')} data-testid="language">
              {i18n.language === 'zh-CN' ? '中文' : 'English'}
            </Button>
          </Dropdown>
          <NotificationBell />
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'sign-in', icon: <SafetyOutlined />, label: <Link to="/sign-in">{t('nav.signIn')}</Link> },
                { key: 'tokens', icon: <KeyOutlined />, label: <Link to="/tokens">{t('nav.tokens')}</Link> },
                { key: 'logout', label: t('nav.logout'), onClick: () => void logout() },
              ],
            }}
          >
            <Button type="text" icon={<UserOutlined />} data-testid="user-menu">
              {me.data?.name}
            </Button>
          </Dropdown>
        </Header>
        <Content className="tn-content">
          <ErrorBoundary key={location.pathname}>{children}</ErrorBoundary>
        </Content>
      </Layout>
    </Layout>
  );
}
