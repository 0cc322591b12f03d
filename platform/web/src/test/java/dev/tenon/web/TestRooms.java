package dev.tenon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.approval.Approvals;
import dev.tenon.approval.port.ApprovalStore;
import dev.tenon.approval.port.UserDirectory;
import dev.tenon.automation.AsyncRequests;
import dev.tenon.automation.Automation;
import dev.tenon.automation.Exports;
import dev.tenon.automation.HandOvers;
import dev.tenon.automation.Imports;
import dev.tenon.automation.Notifications;
import dev.tenon.automation.port.AsyncStore;
import dev.tenon.automation.port.ExportFiles;
import dev.tenon.automation.port.ExportQuery;
import dev.tenon.automation.port.ExportStore;
import dev.tenon.automation.port.HandOverStore;
import dev.tenon.automation.port.IdentitySource;
import dev.tenon.automation.port.ImportStore;
import dev.tenon.automation.port.Interruption;
import dev.tenon.automation.port.MatchKeyBuilds;
import dev.tenon.automation.port.OutboxQueue;
import dev.tenon.automation.port.RequestRunner;
import dev.tenon.plugin.PluginHost;
import dev.tenon.plugin.PluginSettings;
import dev.tenon.records.MatchedFields;
import dev.tenon.records.Records;
import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.ContentInspection;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.FileStore;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.Sealing;
import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.AccountLinks;
import dev.tenon.tenancy.identity.Accounts;
import dev.tenon.tenancy.identity.IdentityLog;
import dev.tenon.tenancy.identity.InMemoryIdentityStore;
import dev.tenon.tenancy.identity.PasswordHasher;
import dev.tenon.tenancy.identity.Policies;
import dev.tenon.tenancy.identity.SecondFactors;
import dev.tenon.tenancy.identity.Sessions;
import dev.tenon.tenancy.identity.SignIn;
import dev.tenon.tenancy.identity.SignInLimits;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.security.ClientAddress;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The rooms below, as far as these tests need them: records and identities are real, the others refuse every call. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WebConfiguration.class)
class TestRooms {

    static final String TENANT = "shop";

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ShopDoor door() {
        return new ShopDoor(new InMemoryRecordStore(), ShopPackage.model(TENANT));
    }

    @Bean
    Records records(ShopDoor door) {
        return door.records();
    }

    @Bean
    ModelSource models(ShopDoor door) {
        return tenant -> {
            if (!tenant.equals(TENANT)) {
                throw new IllegalStateException("no tenant " + tenant);
            }
            return door.model();
        };
    }

    @Bean
    InMemoryIdentityStore identities() {
        return new InMemoryIdentityStore();
    }

    @Bean
    Accounts accounts(
            InMemoryIdentityStore store,
            PasswordHasher hasher,
            Records records,
            ModelSource models,
            Sealing sealing,
            InstantSource clock) {
        return new Accounts(
                store.stores(), hasher, records, models, sealing, SignInLimits.STANDARD, new ClientAddress(), clock);
    }

    @Bean
    Users users(Accounts accounts) {
        return accounts.users();
    }

    @Bean
    AccessTokens accessTokens(Accounts accounts) {
        return accounts.tokens();
    }

    @Bean
    AccountLinks accountLinks(Accounts accounts) {
        return accounts.links();
    }

    @Bean
    SecondFactors secondFactors(Accounts accounts) {
        return accounts.secondFactors();
    }

    @Bean
    Sessions sessions(Accounts accounts) {
        return accounts.sessions();
    }

    @Bean
    SignIn signIn(Accounts accounts) {
        return accounts.signIn();
    }

    @Bean
    Policies policies(Accounts accounts) {
        return accounts.policies();
    }

    @Bean
    IdentityLog identityLog(Accounts accounts) {
        return accounts.log();
    }

    @Bean
    HandOvers handOvers() {
        return refusing(HandOvers.class);
    }

    @Bean
    Approvals approvals(Records records, ModelSource models, InstantSource clock, ShopDoor door) {
        return new Approvals(
                refusing(ApprovalStore.class),
                door.store(),
                records,
                models,
                door.code(),
                refusing(UserDirectory.class),
                clock);
    }

    @Bean
    Customizing customizing() {
        return refusing(Customizing.class);
    }

    @Bean
    Packages packages() {
        return refusing(Packages.class);
    }

    @Bean
    Sealing sealing() {
        return new MarkedTexts();
    }

    /** Marks what would be sealed. */
    private static final class MarkedTexts implements Sealing {
        @Override
        public String seal(String place, String secret) {
            return "sealed for " + place + ": " + secret;
        }

        @Override
        public String open(String place, String sealed) {
            assertThat(sealed).startsWith("sealed for " + place + ": ");
            return sealed.substring(("sealed for " + place + ": ").length());
        }

        @Override
        public boolean isSealed(String text) {
            return text.startsWith("sealed for ");
        }

        @Override
        public boolean isCurrent(String sealed) {
            return isSealed(sealed);
        }
    }

    @Bean
    Tenants tenants() {
        return refusing(Tenants.class);
    }

    @Bean
    Imports imports() {
        return refusing(Imports.class);
    }

    /** Lists are written at once without anything of the room that keeps jobs. */
    @Bean
    Exports exports(Records records, ModelSource models, InstantSource clock, ObjectProvider<ExportQuery> query) {
        return new Automation(new Automation.Ports(
                        refusing(OutboxQueue.class),
                        refusing(ImportStore.class),
                        refusing(ExportStore.class),
                        refusing(ExportFiles.class),
                        query::getObject,
                        Duration.ofDays(1),
                        Duration.ofHours(1),
                        new Automation.AsyncPorts(
                                refusing(AsyncStore.class),
                                () -> refusing(RequestRunner.class),
                                refusing(Interruption.class),
                                new AsyncRequests.Limits(Duration.ofHours(1), Duration.ofMinutes(1), 1, 1, 1, 1)),
                        new Automation.HandOverPorts(
                                refusing(HandOverStore.class), refusing(HandOvers.Rules.class), () -> {
                                    throw new IllegalStateException("nothing is handed over");
                                }),
                        refusing(MatchKeyBuilds.class),
                        refusing(MatchedFields.class),
                        refusing(RecycleBinStore.class),
                        records,
                        models,
                        new FilePorts(
                                refusing(FileStore.class),
                                refusing(BlobStore.class),
                                refusing(ContentInspection.class)),
                        refusing(IdentitySource.class),
                        List::of,
                        List.of(),
                        clock))
                .exports();
    }

    @Bean
    AsyncRequests asyncRequests() {
        return refusing(AsyncRequests.class);
    }

    @Bean
    Notifications notifications() {
        return refusing(Notifications.class);
    }

    @Bean(destroyMethod = "close")
    PluginHost plugins() throws IOException {
        return new PluginHost(PluginSettings.in(Files.createTempDirectory("plugins")));
    }

    /** Somebody else's room; a test that gets there sees an internal error. */
    private static <T> T refusing(Class<T> room) {
        return room.cast(Proxy.newProxyInstance(
                room.getClassLoader(), new Class<?>[] {room}, (proxy, method, args) -> switch (method.getName()) {
                    case "toString" -> "refusing " + room.getSimpleName();
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(args[0]);
                    default -> throw new IllegalStateException("secret detail: " + method.getName());
                }));
    }
}
