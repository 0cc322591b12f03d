package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static dev.tenon.store.tenancy.ShopPackage.files;
import static dev.tenon.store.tenancy.ShopPackage.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.UpgradeReport;
import dev.tenon.metadata.UpgradeReport.Kind;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TenantSchemas;
import dev.tenon.tenancy.ObjectDescription;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.UpgradePreview;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits of a tenant's own layer, upgrades and plugins on a real database. */
abstract class TenancyContract {

    private static final String TENANT = "market";
    private static final PackageId FIRST = new PackageId("shop", "1.0.0");
    private static final PackageId SECOND = new PackageId("shop", "1.1.0");
    private static final String CUSTOMER = "shop__Customer";

    @TempDir
    Path folder;

    private DatabaseSettings settings;
    private Node node;
    private Identity admin;

    abstract DatabaseSettings settings(Path folder);

    @BeforeEach
    void openAndCreate() {
        settings = settings(folder);
        node = new Node(settings, folder);
        node.tenancy().start();
        node.tenancy().packages().add(Node.system(TENANT), ShopPackage.first());
        node.tenancy().tenants().create(Node.system(TENANT), TENANT, "Market", List.of(FIRST));
        admin = node.person(TENANT, "sys__administrator");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Model model() {
        return node.tenancy().models().current(TENANT).model();
    }

    private Publication edit(LayerEdit... edits) {
        return node.tenancy().customizing().apply(admin, List.of(edits), Optional.empty(), false);
    }

    private static List<String> codes(Publication publication) {
        return publication instanceof Publication.Refused refused
                ? refused.problems().stream().map(p -> p.detail().code().id()).toList()
                : List.of();
    }

    @Test
    void anEditIsInForceAtOnceAndKnowsItsLayer() {
        long before = model().version();
        Publication done = edit(
                add("field:shop__Customer/c__storeFormat", "type", "text", "label", "Format", "label@zh-CN", "业态"),
                set("field:shop__Customer/city", "label", "Town"),
                add(
                        "rule:shop__Customer/c__needsFormat",
                        "condition",
                        "c__storeFormat != null",
                        "message",
                        "Give the format."));
        assertThat(done).isEqualTo(new Publication.Published(before + 1));
        assertThat(model().requireObject(CUSTOMER)
                        .requireField("c__storeFormat")
                        .label()
                        .in(Locale.CHINA))
                .isEqualTo("业态");
        assertThatThrownBy(() -> node.session(Node.system(TENANT)).create(CUSTOMER, Map.of("name", "A")))
                .hasMessageContaining("Give the format.");
        node.session(Node.system(TENANT)).create(CUSTOMER, Map.of("name", "A", "c__storeFormat", "hyper"));
        ObjectDescription described = node.tenancy().customizing().describe(admin, CUSTOMER);
        ObjectDescription.Property label = described.elements().stream()
                .filter(e -> e.key().equals("field:shop__Customer/city"))
                .flatMap(e -> e.properties().stream())
                .filter(p -> p.name().equals("label"))
                .findFirst()
                .orElseThrow();
        assertThat(label.layer()).isEqualTo("custom");
        assertThat(label.chain()).extracting(c -> c.layer()).containsExactly("shop", "custom");
        assertThat(label.chain()).extracting(c -> c.value()).containsExactly("City", "Town");
        assertThat(node.tenancy().customizing().history(admin, 1))
                .singleElement()
                .satisfies(v -> assertThat(v.changes()).hasSize(3));
    }

    @Test
    void tenantsOfAProductShareWhatTheirOwnLayersDoNotTouch() {
        String second = "second";
        node.tenancy().tenants().create(Node.system(second), second, "Second", List.of(FIRST));
        edit(add("field:shop__Customer/c__ours", "type", "text", "label", "Ours"));
        node.tenancy()
                .customizing()
                .apply(
                        Node.system(second),
                        List.of(add("field:shop__Customer/c__theirs", "type", "text", "label", "Theirs")),
                        Optional.empty(),
                        false)
                .orThrow();
        node.close();
        node = new Node(settings, folder);
        node.tenancy().start();
        Model ours = model();
        Model theirs = node.tenancy().models().current(second).model();
        assertThat(theirs.requireObject("sys__User")).isSameAs(ours.requireObject("sys__User"));
        assertThat(ours.requireObject(CUSTOMER).fields()).containsKey("c__ours").doesNotContainKey("c__theirs");
        assertThat(theirs.requireObject(CUSTOMER).fields())
                .containsKey("c__theirs")
                .doesNotContainKey("c__ours");
        node.session(Node.system(second)).create(CUSTOMER, Map.of("name", "A", "c__theirs", "x"));
    }

    @Test
    void aNewObjectCanBeUsedAtOnce() {
        Publication done = edit(
                add(
                        "object:c__Store",
                        "label",
                        "Store",
                        "pluralLabel",
                        "Stores",
                        "titleField",
                        "name",
                        "baseline",
                        "publicReadWrite"),
                add("field:c__Store/name", "type", "text", "label", "Name", "required", true),
                add("field:c__Store/manager", "type", "lookup", "label", "Manager", "target", "sys__User"));
        assertThat(done).isInstanceOf(Publication.Published.class);
        Row row = node.session(Node.system(TENANT)).create("c__Store", Map.of("name", "Pudong"));
        assertThat(row.values()).containsEntry("name", "Pudong");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceAndNothingIsDone() {
        long before = model().version();
        Publication refused = edit(
                add("field:shop__Customer/c__x", "type", "text", "label", "X"),
                add("rule:shop__Customer/c__one", "condition", "nonsense > 1", "message", "m"),
                add("rule:shop__Customer/c__two", "condition", "name + 1 == 2", "message", "m"));
        assertThat(refused).isInstanceOf(Publication.Refused.class);
        assertThat(((Publication.Refused) refused).problems()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(model().version()).isEqualTo(before);
        assertThat(model().requireObject(CUSTOMER).findField("c__x")).isEmpty();
        assertThat(codes(edit(set("field:shop__Customer/nowhere", "label", "x"))))
                .isNotEmpty();
        assertThat(codes(edit(set("field:shop__Customer/city", "type", "integer"))))
                .isNotEmpty();
    }

    @Test
    void aDryRunChangesNothing() {
        long before = model().version();
        LayerEdit edit = add("field:shop__Customer/c__x", "type", "text", "label", "X");
        assertThat(node.tenancy().customizing().apply(admin, List.of(edit), Optional.empty(), true))
                .isEqualTo(new Publication.Published(before));
        assertThat(model().requireObject(CUSTOMER).findField("c__x")).isEmpty();
    }

    @Test
    void aChangeOfTheTablesThatWouldLoseDataIsRefusedBeforehand() {
        node.session(Node.system(TENANT)).create(CUSTOMER, Map.of("name", "Twin", "fax", "1"));
        node.session(Node.system(TENANT)).create(CUSTOMER, Map.of("name", "Twin", "fax", "1"));
        long before = model().version();
        assertThat(codes(edit(set("field:shop__Customer/fax", "unique", true)))).anyMatch(c -> c.startsWith("store."));
        assertThat(model().version()).isEqualTo(before);
    }

    @Test
    void scriptsAreCheckedWithTheirLine() {
        var customizing = node.tenancy().customizing();
        Publication refused = customizing.putScript(
                admin, "scripts/a.js", "export function f() {}\n  SYNTAX ERROR", Optional.empty());
        assertThat(((Publication.Refused) refused).problems()).singleElement().satisfies(p -> {
            assertThat(p.detail().code().id()).isEqualTo("tenancy.script-syntax");
            assertThat(p.source().line()).isEqualTo(2);
            assertThat(p.source().column()).isEqualTo(3);
        });
        assertThat(customizing.putScript(admin, "scripts/a.js", "export function f() {}\n", Optional.empty()))
                .isInstanceOf(Publication.Published.class);
        assertThat(customizing.script(admin, "custom", "scripts/a.js").source()).contains("function f");
        assertThatThrownBy(() -> customizing.putScript(admin, "../a.js", "", Optional.empty()))
                .hasMessageContaining("tenancy.script-path-invalid");
        customizing.removeScript(admin, "scripts/a.js", Optional.empty());
        assertThatThrownBy(() -> customizing.script(admin, "custom", "scripts/a.js"))
                .hasMessageContaining("tenancy.unknown-script");
    }

    @Test
    void handlersOfPluginsThatAreNotEnabledAreProblems() {
        LayerEdit action = add("action:shop__Customer/c__letter", "label", "Letter", "plugin", "letters/render");
        assertThat(codes(edit(action))).contains("tenancy.handler-missing");
        node.tenancy().packages().enablePlugin(admin, "letters", Map.of());
        assertThat(edit(action)).isInstanceOf(Publication.Published.class);
        assertThatThrownBy(() -> node.tenancy().packages().disablePlugin(admin, "letters"))
                .hasMessageContaining("tenancy.plugin-in-use");
    }

    @Test
    void rightsAreNeeded() {
        Identity clerk = node.person(TENANT, "shop__clerk");
        assertThatThrownBy(() -> node.tenancy().customizing().apply(clerk, List.of(), Optional.empty(), false))
                .hasMessageContaining("tenancy.not-allowed")
                .hasMessageContaining("customize");
        assertThatThrownBy(() -> node.tenancy().packages().installed(clerk))
                .hasMessageContaining("tenancy.not-allowed");
        assertThatThrownBy(() -> node.tenancy().packages().enablePlugin(clerk, "x", Map.of()))
                .hasMessageContaining("managePlugins");
    }

    @Test
    void theOwnLayerCanBeExportedAndBroughtBack() {
        edit(add("field:shop__Customer/c__x", "type", "text", "label", "X"));
        Map<String, byte[]> exported = node.tenancy().customizing().export(admin);
        assertThat(exported).containsKey("package.yaml");
        edit(new LayerEdit.RemoveElement(ElementKey.parse("field:shop__Customer/c__x")));
        assertThat(model().requireObject(CUSTOMER).findField("c__x")).isEmpty();
        assertThat(node.tenancy().customizing().importFolder(admin, exported, Optional.of("back"), false))
                .isInstanceOf(Publication.Published.class);
        assertThat(model().requireObject(CUSTOMER).findField("c__x")).isPresent();
        assertThatThrownBy(() ->
                        node.tenancy().customizing().importFolder(admin, ShopPackage.first(), Optional.empty(), false))
                .hasMessageContaining("tenancy.not-a-custom-layer");
    }

    @Test
    void anUpgradeKeepsWhatTheTenantChangedAndReportsWhatBothChanged() {
        edit(
                set("field:shop__Customer/name", "label", "Full name"),
                set("field:shop__Customer/city", "help", "Ask the branch"),
                set("field:shop__Customer/since", "label", "Customer since"),
                set("field:shop__Customer/fax", "label", "Telefax"),
                add("field:shop__Customer/c__format", "type", "text", "label", "Format"));
        UUID id = node.session(Node.system(TENANT))
                .create(CUSTOMER, Map.of("name", "Old", "fax", "021", "c__format", "hyper"))
                .id();
        node.tenancy().packages().add(admin, ShopPackage.second());
        UpgradePreview preview = node.tenancy().packages().preview(admin, SECOND);
        assertThat(preview.blocked()).isFalse();
        assertThat(preview.schema()).isNotEmpty();
        assertThat(model().version()).isEqualTo(node.tenancy().models().version(TENANT));
        assertThat(kind(preview, "field:shop__Customer/name", "label")).isEqualTo(Kind.ABSORBED);
        assertThat(kind(preview, "field:shop__Customer/city", "help")).isEqualTo(Kind.CONFLICT);
        assertThat(kind(preview, "field:shop__Customer/since", "label")).isEqualTo(Kind.KEPT);
        assertThat(kind(preview, "field:shop__Customer/fax", "label")).isEqualTo(Kind.ORPHAN);
        assertThat(kind(preview, "field:shop__Customer/rating", "label")).isEqualTo(Kind.CHANGED);
        assertThat(preview.report().ofKind(Kind.ADDED)).isNotEmpty();

        Packages.Applied applied = node.tenancy().packages().apply(admin, SECOND);
        assertThat(applied.publication()).isInstanceOf(Publication.Published.class);
        var customer = model().requireObject(CUSTOMER);
        assertThat(customer.requireField("city").help().orElseThrow().in(Locale.ENGLISH))
                .isEqualTo("Ask the branch");
        assertThat(customer.requireField("rating").label().in(Locale.ENGLISH)).isEqualTo("Score");
        assertThat(customer.requireField("since").label().in(Locale.ENGLISH)).isEqualTo("Customer since");
        assertThat(customer.findField("segment")).isPresent();
        assertThat(((FieldType.Picklist) customer.requireField("tier").type()).values())
                .hasSize(3);
        Row row = node.session(Node.system(TENANT))
                .find(CUSTOMER, id, Query.Selection.ALL)
                .orElseThrow();
        assertThat(row.values()).containsEntry("c__format", "hyper");

        List<Packages.Conflict> conflicts = node.tenancy().packages().conflicts(admin);
        assertThat(conflicts).singleElement().satisfies(c -> {
            assertThat(c.element()).isEqualTo("field:shop__Customer/city");
            assertThat(c.base()).isEqualTo("Where the customer is");
            assertThat(c.theirs()).isEqualTo("City of the main branch");
            assertThat(c.mine()).isEqualTo("Ask the branch");
        });
        node.tenancy().packages().decide(admin, conflicts.getFirst().id(), Packages.Decision.THEIRS);
        assertThat(model().requireObject(CUSTOMER)
                        .requireField("city")
                        .help()
                        .orElseThrow()
                        .in(Locale.ENGLISH))
                .isEqualTo("City of the main branch");
        assertThat(node.tenancy().packages().conflicts(admin)).isEmpty();
        assertThatThrownBy(() -> node.tenancy()
                        .packages()
                        .decide(admin, conflicts.getFirst().id(), Packages.Decision.MINE))
                .hasMessageContaining("tenancy.conflict-decided");
        assertThatThrownBy(() -> node.tenancy().packages().apply(admin, FIRST))
                .hasMessageContaining("tenancy.not-an-upgrade");
    }

    private static Kind kind(UpgradePreview preview, String element, String property) {
        return preview.report()
                .find(ElementKey.parse(element), property)
                .map(UpgradeReport.Entry::kind)
                .orElseThrow(() -> new AssertionError(element + " in " + preview.report()));
    }

    @Test
    void aDecisionForOnesOwnValueIsRemembered() {
        edit(set("field:shop__Customer/city", "help", "Ask the branch"));
        node.tenancy().packages().add(admin, ShopPackage.second());
        node.tenancy().packages().apply(admin, SECOND);
        UUID conflict = node.tenancy().packages().conflicts(admin).getFirst().id();
        long before = model().version();
        assertThat(node.tenancy().packages().decide(admin, conflict, Packages.Decision.MINE))
                .isEqualTo(new Publication.Published(before));
        assertThat(node.tenancy().packages().conflicts(admin)).isEmpty();
        Map<String, byte[]> third = new java.util.LinkedHashMap<>(ShopPackage.second());
        ShopPackage.replace(third, "package.yaml", "version: 1.1.0", "version: 1.2.0");
        node.tenancy().packages().add(admin, third);
        node.tenancy().packages().apply(admin, new PackageId("shop", "1.2.0"));
        assertThat(node.tenancy().packages().conflicts(admin)).isEmpty();
    }

    @Test
    void anUpgradeCanBeTakenBack() {
        node.tenancy().packages().add(admin, ShopPackage.second());
        node.tenancy().packages().apply(admin, SECOND);
        assertThat(node.tenancy().packages().rollback(admin, "shop")).isInstanceOf(Publication.Published.class);
        assertThat(model().requireObject(CUSTOMER).findField("segment")).isEmpty();
        assertThat(model().requireObject(CUSTOMER)
                        .requireField("rating")
                        .label()
                        .in(Locale.ENGLISH))
                .isEqualTo("Rating");
        node.tenancy().packages().apply(admin, SECOND);
        edit(set("field:shop__Customer/segment", "label", "Part of the market"));
        assertThat(node.tenancy().packages().rollback(admin, "shop")).isInstanceOf(Publication.Refused.class);
        assertThat(model().requireObject(CUSTOMER).findField("segment")).isPresent();
    }

    @Test
    void anUpgradeThatBreaksTheTenantsRulesIsBlockedAndSaysWhy() {
        edit(add("rule:shop__Customer/c__r", "condition", "rating == null || rating > 1", "message", "m"));
        Map<String, byte[]> next = new java.util.LinkedHashMap<>(ShopPackage.first());
        ShopPackage.replace(next, "package.yaml", "version: 1.0.0", "version: 2.0.0");
        ShopPackage.replace(
                next,
                "objects/Customer.yaml",
                "rating: {type: integer, label: Rating, min: 0, max: 10}",
                "rating: {type: text, label: Rating, maxLength: 10}");
        node.tenancy().packages().add(admin, next);
        UpgradePreview preview = node.tenancy().packages().preview(admin, new PackageId("shop", "2.0.0"));
        assertThat(preview.blocked()).isTrue();
        Packages.Applied applied = node.tenancy().packages().apply(admin, new PackageId("shop", "2.0.0"));
        assertThat(applied.publication()).isInstanceOf(Publication.Refused.class);
        assertThat(model().requireObject(CUSTOMER).requireField("rating").type())
                .isInstanceOf(FieldType.WholeNumber.class);
    }

    @Test
    void packagesAreCheckedWhenTheyAreAdded() {
        var packages = node.tenancy().packages();
        assertThatThrownBy(() -> packages.add(admin, files("package.yaml", "name: [")))
                .hasMessageContaining("tenancy.model-refused");
        Map<String, byte[]> changed = new java.util.LinkedHashMap<>(ShopPackage.first());
        ShopPackage.replace(changed, "package.yaml", "title: Shop", "title: Other shop");
        assertThatThrownBy(() -> packages.add(admin, changed)).hasMessageContaining("tenancy.package-version-taken");
        assertThatThrownBy(() -> packages.upload(admin, "no zip".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PlatformException.class);
        assertThat(packages.add(admin, ShopPackage.first())).isEqualTo(FIRST);
        assertThat(packages.available(admin))
                .singleElement()
                .satisfies(a -> assertThat(a.installedVersion()).contains("1.0.0"));
        packages.add(
                admin,
                files(
                        "package.yaml",
                        "name: addon\n"
                                + "namespace: addon\n"
                                + "version: 1.0.0\n"
                                + "title: Add-on\n"
                                + "requires: {nowhere: \">=1.0.0\"}\n"));
        assertThat(packages.apply(admin, new PackageId("addon", "1.0.0")).publication())
                .isInstanceOf(Publication.Refused.class);
    }

    @Test
    void aPluginsLayerComesAndGoesAndItsDataStays() {
        var packages = node.tenancy().packages();
        Map<String, byte[]> brought = files(
                "package.yaml",
                "name: letters\nnamespace: letters\nversion: 1.0.0\ntitle: Letters\nrequires: {shop: \">=1.0.0\"}\n",
                "objects/Template.yaml",
                "label: Template\n"
                        + "pluralLabel: Templates\n"
                        + "titleField: name\n"
                        + "baseline: publicReadWrite\n"
                        + "fields:\n"
                        + "  name: {type: text, label: Name}\n",
                "extends/shop/Customer.yaml",
                "fields:\n  letters__salutation: {type: text, label: Salutation}\n");
        assertThat(packages.enablePlugin(admin, "letters", brought)).isInstanceOf(Publication.Published.class);
        assertThat(packages.enabledPlugins(TENANT)).containsExactly("letters");
        assertThat(packages.tenantsWith("letters")).containsExactly(TENANT);
        node.session(Node.system(TENANT)).create("letters__Template", Map.of("name", "Offer"));
        edit(set("field:shop__Customer/letters__salutation", "label", "Greeting"));
        assertThatThrownBy(() -> packages.disablePlugin(admin, "letters"))
                .isInstanceOfSatisfying(PlatformException.class, e -> {
                    assertThat(e.code().id()).isEqualTo("tenancy.plugin-in-use");
                    assertThat(e.details()).isNotEmpty();
                });
        edit(new LayerEdit.ResetProperty(ElementKey.parse("field:shop__Customer/letters__salutation"), "label"));
        packages.disablePlugin(admin, "letters");
        assertThat(model().findObject("letters__Template")).isEmpty();
        assertThat(packages.enabledPlugins(TENANT)).isEmpty();
        packages.enablePlugin(admin, "letters", brought);
        assertThat(node.session(Node.system(TENANT))
                        .query(Query.of("letters__Template", 10))
                        .rows())
                .singleElement()
                .satisfies(r -> assertThat(r.values()).containsEntry("name", "Offer"));
    }

    @Test
    void initialDataThatIsRefusedTakesThePackageBack() {
        Map<String, byte[]> bad = files(
                "package.yaml",
                "name: bad\nnamespace: bad\nversion: 1.0.0\ntitle: Bad\n",
                "objects/Thing.yaml",
                "label: Thing\n"
                        + "pluralLabel: Things\n"
                        + "titleField: name\n"
                        + "fields:\n"
                        + "  name: {type: text, label: Name, required: true}\n"
                        + "  size: {type: integer, label: Size}\n",
                "data/Thing.csv",
                "name,size\nOne,1\nTwo,many\n");
        node.tenancy().packages().add(admin, bad);
        assertThatThrownBy(() -> node.tenancy().packages().apply(admin, new PackageId("bad", "1.0.0")))
                .isInstanceOfSatisfying(PlatformException.class, e -> {
                    assertThat(e.code().id()).isEqualTo("tenancy.seed-row-refused");
                    assertThat(e.args()).containsEntry("line", 3).containsEntry("file", "data/Thing.csv");
                });
        assertThat(model().findObject("bad__Thing")).isEmpty();
        assertThat(node.tenancyStore().seedsDue(TENANT)).isEmpty();
    }

    @Test
    void formulasOfExistingRecordsFollowAChangedModel() {
        UUID id = node.session(Node.system(TENANT))
                .create(CUSTOMER, Map.of("name", "Old", "rating", 4L, "city", "x"))
                .id();
        edit(add(
                "field:shop__Customer/c__double",
                "type",
                "formula",
                "label",
                "Double",
                "result",
                Map.of("type", "integer"),
                "expression",
                "rating * 2"));
        Row row = node.session(Node.system(TENANT))
                .find(CUSTOMER, id, Query.Selection.ALL)
                .orElseThrow();
        assertThat(row.values()).containsEntry("c__double", 8L);
    }

    @Test
    void noSaveIsAcceptedUnderAModelThatIsNotInForceAnyMore() {
        RecordSession pinned = node.session(node.person(TENANT, "shop__clerk"));
        edit(set("field:shop__Customer/city", "required", true));
        assertThat(pinned.model().version()).isLessThan(model().version());
        assertThatThrownBy(() -> pinned.create(CUSTOMER, Map.of("name", "Late", "code", "late")))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        refused -> assertThat(refused.code().id()).isEqualTo("records.field-required"));
        assertThat(pinned.model().version()).as("tried again").isEqualTo(model().version());
    }

    @Test
    void anotherNodeUsesAChangeWithinASecondAndSavesNothingUnderTheOldModel() throws InterruptedException {
        if (settings.url().startsWith("jdbc:h2")) {
            return; // only one process opens an H2 file
        }
        try (Node other = new Node(settings, folder)) {
            other.tenancy().start();
            Identity clerk = node.person(TENANT, "shop__clerk");
            other.know(clerk);
            AtomicBoolean stop = new AtomicBoolean();
            ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
            LongSummaryStatistics nanos = new LongSummaryStatistics();
            Thread writer = Thread.ofVirtual().start(() -> {
                for (int i = 0; !stop.get(); i++) {
                    try {
                        other.session(clerk).create(CUSTOMER, Map.of("name", "C" + i, "code", "two-" + i));
                    } catch (RuntimeException failure) {
                        failures.add(failure);
                    }
                }
            });
            for (int i = 0; i < 6; i++) {
                // Whoever saves under the old model does not know the default.
                edit(add("field:shop__Customer/c__n" + i, "type", "text", "label", "N", "default", "'x'"));
                Instant published = Instant.now();
                long began = System.nanoTime();
                while (other.tenancy().models().version(TENANT) < model().version()) {
                    Thread.onSpinWait();
                }
                nanos.accept(System.nanoTime() - began);
                for (long later = savedSince(published); later == savedSince(published); ) {
                    Thread.onSpinWait();
                }
                assertThat(savedSince(published, DSL.field(DSL.name("c__n" + i)).isNull()))
                        .as("saved under the old model")
                        .isZero();
            }
            stop.set(true);
            writer.join();
            assertThat(failures).isEmpty();
            assertThat(nanos.getMin()).isLessThan(1_000_000_000L);
            System.out.println("another node used a change after " + nanos.getMin() / 1_000_000 + " to "
                    + nanos.getMax() / 1_000_000 + " ms");
        }
    }

    private int savedSince(Instant moment, Condition... conditions) {
        return node.database()
                .dsl()
                .fetchCount(
                        DSL.table(DSL.name(TenantSchemas.nameOf(TENANT), "shop__customer")),
                        DSL.field(DSL.name("created_at"), Instant.class)
                                .gt(moment)
                                .and(DSL.and(conditions)));
    }
}
