package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static dev.tenon.store.tenancy.ShopPackage.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Publication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Editing and upgrading a tenant on which people work. */
abstract class LiveChangeContract {

    private static final String TENANT = "market";
    private static final String CUSTOMER = "shop__Customer";

    @TempDir
    Path folder;

    abstract DatabaseSettings settings(Path folder);

    @Test
    void nobodyWhoReadsOrWritesNoticesEditsAndAnUpgrade() throws InterruptedException {
        try (Node node = new Node(settings(folder), folder)) {
            node.tenancy().start();
            Identity system = Node.system(TENANT);
            node.tenancy().packages().add(system, ShopPackage.first());
            node.tenancy().packages().add(system, ShopPackage.second());
            node.tenancy().tenants().create(system, TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
            Identity clerk = node.person(TENANT, "shop__clerk");
            ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
            AtomicInteger requests = new AtomicInteger();
            CountDownLatch stop = new CountDownLatch(1);
            List<Thread> people = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                people.add(Thread.ofVirtual().start(() -> {
                    for (int n = 0; stop.getCount() > 0; n++) {
                        try {
                            work(node, clerk, number + "-" + n);
                            requests.incrementAndGet();
                            Thread.sleep(3);
                        } catch (InterruptedException | RuntimeException | Error failure) {
                            failures.add(failure);
                        }
                    }
                }));
            }
            for (int i = 0; i < 8; i++) {
                List<LayerEdit> edits = i % 2 == 0
                        ? List.of(add("field:shop__Customer/c__f" + i, "type", "text", "label", "F" + i))
                        : List.of(set("field:shop__Customer/city", "label", "Town " + i));
                assertThat(node.tenancy().customizing().apply(system, edits, Optional.empty(), false))
                        .isInstanceOf(Publication.Published.class);
            }
            assertThat(node.tenancy()
                            .packages()
                            .apply(system, new PackageId("shop", "1.1.0"))
                            .publication())
                    .isInstanceOf(Publication.Published.class);
            stop.countDown();
            for (Thread person : people) {
                person.join();
            }
            assertThat(failures).isEmpty();
            assertThat(requests.get()).isPositive();
            var customer = node.tenancy().models().current(TENANT).model().requireObject(CUSTOMER);
            assertThat(customer.fields()).containsKeys("c__f0", "c__f2", "c__f4", "c__f6", "segment");
        }
    }

    private static void work(Node node, Identity clerk, String code) {
        RecordSession session = node.session(clerk);
        var row = session.create(CUSTOMER, Map.of("name", "Customer " + code, "code", code));
        session.update(CUSTOMER, row.id(), Optional.of(row.version()), Map.of("city", "Shanghai"));
        node.session(clerk).query(Query.of(CUSTOMER, 20));
        assertThat(node.session(clerk).find(CUSTOMER, row.id(), Query.Selection.ALL))
                .isPresent();
    }

    @Test
    void twoAdministratorsAtOnceLoseNoEdit() throws InterruptedException {
        try (Node node = new Node(settings(folder), folder)) {
            node.tenancy().start();
            Identity system = Node.system(TENANT);
            node.tenancy().packages().add(system, ShopPackage.first());
            node.tenancy().tenants().create(system, TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
            ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
            List<Thread> administrators = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                administrators.add(Thread.ofVirtual().start(() -> {
                    try {
                        for (int n = 0; n < 3; n++) {
                            LayerEdit edit =
                                    add("field:shop__Customer/c__f" + number + "x" + n, "type", "text", "label", "F");
                            node.tenancy()
                                    .customizing()
                                    .apply(system, List.of(edit), Optional.empty(), false)
                                    .orThrow();
                        }
                    } catch (RuntimeException failure) {
                        failures.add(failure);
                    }
                }));
            }
            for (Thread administrator : administrators) {
                administrator.join();
            }
            assertThat(failures).isEmpty();
            assertThat(node.tenancy()
                            .models()
                            .current(TENANT)
                            .model()
                            .requireObject(CUSTOMER)
                            .fields()
                            .keySet())
                    .filteredOn(f -> f.startsWith("c__f"))
                    .hasSize(9);
        }
    }
}
