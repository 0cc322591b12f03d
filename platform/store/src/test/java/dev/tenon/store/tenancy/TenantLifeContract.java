package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Query;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How tenants come, stay and go on a real database. */
abstract class TenantLifeContract {

    private static final String TENANT = "market";
    private static final PackageId FIRST = new PackageId("shop", "1.0.0");
    private static final String CUSTOMER = "shop__Customer";

    @TempDir
    Path folder;

    private DatabaseSettings settings;
    private Node node;
    private Identity admin;
    private String file = "";

    abstract DatabaseSettings settings(Path folder);

    @BeforeEach
    void openAndCreate() {
        settings = settings(folder);
        node = new Node(settings, folder);
        node.tenancy().start();
        node.tenancy().packages().add(Node.system(TENANT), ShopPackage.first());
        create(TENANT);
        admin = node.person(TENANT, "sys__administrator");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void create(String tenant) {
        node.tenancy().tenants().create(Node.system(tenant), tenant, "Market", List.of(FIRST));
    }

    private void restart() {
        node.close();
        node = new Node(settings, folder);
        node.tenancy().start();
    }

    private Model model() {
        return node.tenancy().models().current(TENANT).model();
    }

    @Test
    void aNewTenantHasItsPackagesAndTheirInitialData() {
        assertThat(node.tenancy().tenants().list()).extracting(t -> t.key()).containsExactly(TENANT);
        List<Row> rows =
                node.session(Node.system(TENANT)).query(Query.of(CUSTOMER, 10)).rows();
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.values()).containsEntry("name", "Head office").containsEntry("tier", "a");
        });
    }

    @Test
    void aTenantThatCannotBeMadeLeavesNothingBehind() {
        assertThatThrownBy(() -> node.tenancy()
                        .tenants()
                        .create(Node.system("x"), "half", "Half", List.of(FIRST, new PackageId("nowhere", "1.0.0"))))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("tenancy.unknown-package");
        assertThat(node.tenancy().tenants().find("half")).isEmpty();
        assertThat(node.tenancyStore().tenant("half")).isEmpty();
        node.tenancy().tenants().create(Node.system("x"), "half", "Half", List.of(FIRST));
        assertThat(node.tenancy().tenants().find("half")).isPresent();
    }

    @Test
    void keysOfTenantsAreCheckedAndUnique() {
        assertThatThrownBy(() -> node.tenancy().tenants().create(Node.system("x"), "A b", "x", List.of()))
                .hasMessageContaining("tenancy.tenant-key-invalid");
        assertThatThrownBy(() -> node.tenancy().tenants().create(Node.system("x"), TENANT, "x", List.of()))
                .hasMessageContaining("tenancy.tenant-exists");
        assertThatThrownBy(() -> node.tenancy().tenants().create(admin, "other", "x", List.of()))
                .hasMessageContaining("tenancy.not-allowed");
        assertThatThrownBy(() -> node.tenancy().models().current("nowhere"))
                .hasMessageContaining("tenancy.unknown-tenant");
    }

    @Test
    void aRestartFindsEverythingAgain() {
        LayerEdit added = add("field:shop__Customer/c__x", "type", "text", "label", "X");
        node.tenancy().customizing().apply(admin, List.of(added), Optional.empty(), false);
        long version = model().version();
        restart();
        assertThat(model().version()).isEqualTo(version);
        assertThat(model().requireObject(CUSTOMER).findField("c__x")).isPresent();
        assertThat(node.tenancy().packages().installed(Node.system(TENANT)))
                .extracting(Packages.Installed::name)
                .containsExactly("shop", "custom");
    }

    @Test
    void nothingOfARemovedTenantIsFoundByTheNextOfItsName() {
        leaveTraces();
        node.tenancy().tenants().remove(Node.system(TENANT), TENANT);
        assertNothingIsLeft();
    }

    @Test
    void aRemovalThatACrashInterruptedIsEndedAtTheNextStart() {
        leaveTraces();
        node.tenancyStore().deactivateTenant(TENANT);
        restart();
        assertNothingIsLeft();
    }

    private void leaveTraces() {
        node.accounts().insert(new Account(TENANT, RecordIds.next(), "wang", true, 1), "hash", Set.of());
        file = node.blobs()
                .put(TENANT, new ByteArrayInputStream("plan".getBytes(StandardCharsets.UTF_8)), 100)
                .hash();
        assertThat(node.blobs().open(TENANT, file)).isPresent();
    }

    private void assertNothingIsLeft() {
        assertThat(node.tenancy().tenants().find(TENANT)).isEmpty();
        assertThat(node.tenancyStore().tenant(TENANT)).isEmpty();
        create(TENANT);
        assertThat(node.accounts().accounts(TENANT)).isEmpty();
        assertThat(node.blobs().open(TENANT, file)).isEmpty();
        assertThat(node.session(Node.system(TENANT))
                        .query(Query.of(CUSTOMER, 10))
                        .rows())
                .as("the initial data of the product and nothing else")
                .hasSize(1);
    }
}
