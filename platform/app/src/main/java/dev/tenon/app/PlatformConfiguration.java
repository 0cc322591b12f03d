package dev.tenon.app;

import dev.tenon.approval.ApprovalModelCompiler;
import dev.tenon.approval.ApprovalNotifications;
import dev.tenon.approval.Approvals;
import dev.tenon.approval.RecordLock;
import dev.tenon.approval.port.ApprovalStore;
import dev.tenon.automation.ApprovalNotices;
import dev.tenon.automation.AsyncRequests;
import dev.tenon.automation.Automation;
import dev.tenon.automation.Exports;
import dev.tenon.automation.HandOvers;
import dev.tenon.automation.Imports;
import dev.tenon.automation.Notifications;
import dev.tenon.automation.port.ExportFiles;
import dev.tenon.automation.port.ExportQuery;
import dev.tenon.automation.port.RequestRunner;
import dev.tenon.plugin.PluginHost;
import dev.tenon.records.GuardedRecords;
import dev.tenon.records.MatchedFields;
import dev.tenon.records.Records;
import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.HoldStore;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.RecordStore;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.TenantSealing;
import dev.tenon.script.ScriptEngine;
import dev.tenon.store.DataFolder;
import dev.tenon.store.Database;
import dev.tenon.store.approval.JooqApprovalStore;
import dev.tenon.store.approval.JooqHoldStore;
import dev.tenon.store.automation.JooqAsyncStore;
import dev.tenon.store.automation.JooqExportStore;
import dev.tenon.store.automation.JooqHandOverStore;
import dev.tenon.store.automation.JooqImportStore;
import dev.tenon.store.automation.JooqMatchKeyBuilds;
import dev.tenon.store.automation.JooqOutboxQueue;
import dev.tenon.store.automation.StatementInterruption;
import dev.tenon.store.records.OutboxListener;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.secrets.DataKeys;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Tenancy;
import dev.tenon.tenancy.Tenant;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.Accounts;
import dev.tenon.tenancy.identity.AdministratorsStay;
import dev.tenon.tenancy.identity.IdentityStore;
import dev.tenon.tenancy.identity.PersonGuard;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.WebConfiguration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The rooms, put together from left to right. What is started here is stopped by the context, in the reverse order. */
@Configuration(proxyBeanMethods = false)
@Import({StoreConfiguration.class, AccountConfiguration.class, WebConfiguration.class})
@EnableConfigurationProperties(TenonSettings.class)
class PlatformConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ModelScripts modelScripts() {
        return new ModelScripts();
    }

    @Bean
    CodeDispatch codeRuntime(ScriptEngine scripts, ModelScripts modules, PluginHost plugins) {
        return new CodeDispatch(scripts, modules, plugins);
    }

    @Bean
    OutboxSignal outboxSignal() {
        return new OutboxSignal();
    }

    /** Asks and tells automation, which is made after the store; until then nothing can be said to be unwanted. */
    static final class OutboxSignal implements OutboxListener {
        private final AtomicReference<@Nullable Automation> automation = new AtomicReference<>();

        @Override
        public boolean wants(String topic) {
            Automation asked = automation.get();
            return asked == null || asked.wants(topic);
        }

        @Override
        public void appended(String tenant, java.util.Set<String> topics) {
            Automation told = automation.get();
            if (told != null) {
                told.wake(tenant);
            }
        }
    }

    @Bean(destroyMethod = "close")
    Tenancy tenancy(
            TenancyPorts ports,
            CodeRuntime code,
            ScriptEngine scripts,
            ModelScripts modules,
            ObjectProvider<GuardedRecords> records,
            ObjectProvider<Automation> automation,
            IdentityStore identities,
            BlobStore blobs,
            ExportFiles exportFiles,
            DataKeys dataKeys,
            InstantSource clock,
            TenonSettings settings) {
        Tenancy.Ports needed = new Tenancy.Ports(
                ports.store(),
                ports.changes(),
                ports.schema(),
                new ApprovalModelCompiler(code, List.of()),
                new ScriptChecks(scripts, modules),
                records::getObject,
                records::getObject,
                () -> (identity, object, csv) -> automation.getObject().insertRows(identity, object, csv),
                List.of(
                        identities::removeTenant,
                        blobs::removeTenant,
                        exportFiles::removeTenant,
                        dataKeys::removeTenant),
                new AdministratorsStay(identities),
                clock);
        Tenancy tenancy = new Tenancy(needed, settings.models().maxLoaded());
        tenancy.addPackages(PlatformConfiguration.class.getClassLoader());
        settings.packages().forEach(tenancy::addPackages);
        return tenancy;
    }

    @Bean
    ModelSource models(Tenancy tenancy) {
        return tenancy.models();
    }

    @Bean
    Tenants tenants(Tenancy tenancy) {
        return tenancy.tenants();
    }

    @Bean
    Customizing customizing(Tenancy tenancy) {
        return tenancy.customizing();
    }

    @Bean
    Packages packages(Tenancy tenancy) {
        return tenancy.packages();
    }

    @Bean
    ApprovalStore approvalStore(Database database, Catalogue catalogue, ModelSource models) {
        return new JooqApprovalStore(database, catalogue, models);
    }

    @Bean
    JooqHoldStore holdStore(Database database) {
        return new JooqHoldStore(database);
    }

    @Bean
    GuardedRecords records(
            ModelSource models,
            RecordStore store,
            RecycleBinStore bin,
            CodeRuntime code,
            HoldStore holds,
            FilePorts files,
            TenantSealing sealing,
            InstantSource clock) {
        return new GuardedRecords(
                models,
                store,
                bin,
                code,
                holds,
                List.of(new RecordLock(models), new PersonGuard()),
                files,
                sealing,
                clock);
    }

    @Bean
    Approvals approvals(
            ApprovalStore approvals,
            RecordStore store,
            Records records,
            ModelSource models,
            CodeRuntime code,
            Users users,
            InstantSource clock) {
        return new Approvals(approvals, store, records, models, code, new PeopleOfTenants(users), clock);
    }

    @Bean(destroyMethod = "close")
    Automation automation(
            Database database,
            RecycleBinStore bin,
            Records records,
            MatchedFields matched,
            ModelSource models,
            FilePorts files,
            Users users,
            Tenants tenants,
            ApprovalStore approvals,
            Accounts accounts,
            ObjectProvider<Approvals> approvalService,
            ExportFiles exportFiles,
            ObjectProvider<ExportQuery> exportQuery,
            ObjectProvider<RequestRunner> requestRunner,
            TenonSettings settings,
            InstantSource clock,
            DataKeys dataKeys,
            OutboxSignal signal) {
        PeopleOfTenants people = new PeopleOfTenants(users);
        Automation automation = new Automation(new Automation.Ports(
                new JooqOutboxQueue(database),
                new JooqImportStore(database),
                new JooqExportStore(database),
                exportFiles,
                exportQuery::getObject,
                settings.imports().kept(),
                settings.exports().kept(),
                new Automation.AsyncPorts(
                        new JooqAsyncStore(database, dataKeys),
                        requestRunner::getObject,
                        new StatementInterruption(database),
                        settings.async().limits()),
                new Automation.HandOverPorts(
                        new JooqHandOverStore(database),
                        new HandOverRights(accounts.handOvers()),
                        approvalService::getObject),
                new JooqMatchKeyBuilds(database),
                matched,
                bin,
                records,
                models,
                files,
                people,
                () -> tenants.list().stream().map(Tenant::key).toList(),
                List.of(new ApprovalNotices(new ApprovalNotifications(approvals, records, people), records)),
                clock));
        signal.automation.set(automation);
        return automation;
    }

    @Bean
    Imports imports(Automation automation) {
        return automation.imports();
    }

    @Bean
    Exports exports(Automation automation) {
        return automation.exports();
    }

    @Bean
    AsyncRequests asyncRequests(Automation automation) {
        return automation.asyncRequests();
    }

    @Bean
    HandOvers handOvers(Automation automation) {
        return automation.handOvers();
    }

    @Bean
    Notifications notifications(Automation automation) {
        return automation.notifications();
    }

    @Bean(destroyMethod = "close")
    ScriptEngine scriptEngine(TenonSettings settings) {
        return CodeHosts.scripts(settings);
    }

    @Bean(destroyMethod = "close")
    PluginHost pluginHost(DataFolder folder) {
        return CodeHosts.plugins(folder);
    }

    @Bean
    PlatformStart platformStart(Tenancy tenancy, Automation automation) {
        return new PlatformStart(tenancy, automation);
    }

    @Bean
    StartReport startReport(Database database, DataFolder folder) {
        return new StartReport(database, folder);
    }
}
