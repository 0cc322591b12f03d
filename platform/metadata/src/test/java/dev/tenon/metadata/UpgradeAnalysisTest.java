package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.RECRUITING;
import static dev.tenon.metadata.Fixtures.custom;
import static dev.tenon.metadata.Fixtures.key;
import static dev.tenon.metadata.Fixtures.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.UpgradeReport.Entry;
import dev.tenon.metadata.UpgradeReport.Kind;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class UpgradeAnalysisTest {

    private static final String OFFER = "objects/Offer.yaml";

    private static Layer edited(Layer base, String version, Map<String, UnaryOperator<String>> edits) {
        Map<String, byte[]> files = new TreeMap<>(PackageWriter.files(base));
        files.put("package.yaml", RECRUITING.replace("1.0.0", version).getBytes(StandardCharsets.UTF_8));
        edits.forEach((path, edit) -> {
            String before = new String(files.get(path), StandardCharsets.UTF_8);
            String after = edit.apply(before);
            assertThat(after).as(path).isNotEqualTo(before);
            files.put(path, after.getBytes(StandardCharsets.UTF_8));
        });
        return PackageReader.readFiles(files).orThrow();
    }

    private static Layer edited(UnaryOperator<String> edit) {
        return edited(PRODUCT, "1.1.0", Map.of(OFFER, edit));
    }

    private static UpgradeReport compare(Layer newProduct, Layer... higher) {
        return UpgradeAnalysis.compare(PRODUCT, newProduct, List.of(SystemPackage.layer()), List.of(higher));
    }

    private static Entry only(UpgradeReport report, Kind kind) {
        assertThat(report.ofKind(kind)).hasSize(1);
        return report.ofKind(kind).getFirst();
    }

    @Test
    void theSameVersionMeansNothing() {
        assertThat(compare(PRODUCT).entries()).isEmpty();
    }

    @Test
    void anAddedElementIsTold() {
        Layer next = edited(t ->
                t.replace("fields:\n", "fields:\n  bonus: {type: picklist, label: Bonus, values: {a: {label: A}}}\n"));

        Entry entry = only(compare(next), Kind.ADDED);
        assertThat(entry.element()).isEqualTo(key("field:recruiting__Offer/bonus"));
        assertThat(entry.label().in(Locale.ENGLISH)).isEqualTo("Offer › Bonus");
        assertThat(entry.label().in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("录用 › Bonus");
    }

    @Test
    void aChangedPropertyThatNobodyTouchedIsTold() {
        Entry entry = only(compare(edited(t -> t.replace("Before tax", "Gross"))), Kind.CHANGED);

        assertThat(entry.property()).isEqualTo("help");
        assertThat(entry.old()).isEqualTo("Before tax");
        assertThat(entry.theirs()).isEqualTo("Gross");
    }

    @Test
    void aCustomersChangeThatTheProductDidNotTouchIsKept() {
        UpgradeReport report = compare(
                edited(t -> t.replace("Before tax", "Gross")),
                custom(
                        "extends/recruiting/Offer.yaml",
                        "label: Contract\nlayout: {sections: {main: {fields: {add: [annual]}}}}\n"));

        assertThat(report.ofKind(Kind.KEPT)).extracting(Entry::property).containsExactly("label", "fields");
        assertThat(report.counts()).containsEntry(Kind.CHANGED, 1).containsEntry(Kind.CONFLICT, 0);
    }

    @Test
    void conditionsOfAFieldAreComparedEachForItself() {
        Layer custom = custom(
                "extends/recruiting/Offer.yaml",
                "fields: {salary: {visibleWhen: manager == me, requiredWhen: manager != null, readOnlyWhen: salary > 1.0}}\n");
        Layer next = edited(t -> t.replace(
                "help: Before tax",
                "help: Before tax\n    visibleWhen: status != null\n    requiredWhen: manager != null"));

        UpgradeReport report = compare(next, custom);

        assertThat(only(report, Kind.CONFLICT).property()).isEqualTo("visibleWhen");
        assertThat(only(report, Kind.ABSORBED).property()).isEqualTo("requiredWhen");
        assertThat(only(report, Kind.KEPT).property()).isEqualTo("readOnlyWhen");
    }

    @Test
    void aCustomersChangeThatTheProductNowMakesItselfIsAbsorbed() {
        Layer custom = custom("extends/recruiting/Offer.yaml", "fields: {salary: {help: Gross, required: true}}\n");

        UpgradeReport report =
                compare(edited(t -> t.replace("help: Before tax", "help: Gross\n    required: true")), custom);

        assertThat(report.ofKind(Kind.ABSORBED)).extracting(Entry::property).containsExactly("help", "required");
        assertThat(report.entries()).hasSize(2);
    }

    @Test
    void aDoubleChangeIsAConflictAndTheCustomersStaysInForceUntilSomebodyDecides() {
        Layer custom = custom("extends/recruiting/Offer.yaml", "fields: {salary: {help: Ours}}\n");
        Layer next = edited(t -> t.replace("Before tax", "Theirs"));

        Entry conflict = only(compare(next, custom), Kind.CONFLICT);
        assertThat(List.of(conflict.old(), conflict.theirs(), conflict.mine()))
                .containsExactly("Before tax", "Theirs", "Ours");
        assertThat(conflict.layer()).isEqualTo("custom");
        assertThat(help(model(UpgradeAnalysis.upgraded(PRODUCT, next), custom))).isEqualTo("Ours");

        Layer decided =
                custom.apply(List.of(UpgradeReport.takeTheirs(conflict))).orThrow();
        assertThat(help(model(next, decided))).isEqualTo("Theirs");
    }

    private static String help(Model model) {
        return model.requireObject("recruiting__Offer")
                .requireField("salary")
                .help()
                .orElseThrow()
                .in(Locale.ENGLISH);
    }

    @Test
    void aReplacedListThatTheProductChangedTooIsAConflictAnEditedOneIsNot() {
        Layer next = edited(t -> t.replace("fields: [candidate, salary, status]", "fields: [candidate, salary]"));
        Layer replaced = custom("extends/recruiting/Offer.yaml", "layout: {sections: {main: {fields: [salary]}}}\n");
        Layer added =
                custom("extends/recruiting/Offer.yaml", "layout: {sections: {main: {fields: {add: [annual]}}}}\n");

        assertThat(compare(next, replaced).counts()).containsEntry(Kind.CONFLICT, 1);
        assertThat(compare(next, added).counts())
                .containsEntry(Kind.CONFLICT, 0)
                .containsEntry(Kind.KEPT, 1)
                .containsEntry(Kind.CHANGED, 1);
    }

    @Test
    void aRemovedElementIsKeptHiddenWithItsDataAndWhatTheCustomerBuiltOnItIsAnOrphan() {
        Layer custom = custom("extends/recruiting/Offer.yaml", """
                fields:
                  status: {label: Phase, values: {c__signed: {label: Signed}}}
                  c__note: {type: text, label: Note, after: status}
                views: {c__mine: {label: Mine, columns: [number, status]}}
                """);
        Layer next = withoutStatus();

        UpgradeReport report = compare(next, custom);
        assertThat(only(report, Kind.REMOVED).element()).isEqualTo(key("field:recruiting__Offer/status"));
        assertThat(report.ofKind(Kind.ORPHAN))
                .extracting(e -> e.element() + " " + e.property())
                .containsExactlyInAnyOrder(
                        "field:recruiting__Offer/status label", "value:recruiting__Offer/status/c__signed null");

        Layer installed = UpgradeAnalysis.upgraded(PRODUCT, next);
        ObjectType offer = model(installed, custom).requireObject("recruiting__Offer");
        assertThat(offer.requireField("status").hidden()).isTrue();
        assertThat(offer.requireField("status").label().in(Locale.ENGLISH)).isEqualTo("Phase");
        assertThat(((FieldType.Picklist) offer.requireField("status").type()).values())
                .filteredOn(v -> v.origin().equals("recruiting"))
                .noneMatch(FieldType.Picklist.Value::active);
        assertThat(offer.views().getLast().columns()).containsExactly("number");
    }

    @Test
    void whatIsRetiredSurvivesStorageAndFurtherUpgradesAndIsToldOnce() {
        Layer installed = PackageReader.readFiles(
                        PackageWriter.files(UpgradeAnalysis.upgraded(PRODUCT, withoutStatus())))
                .orThrow();
        Layer later = edited(withoutStatus(), "1.2.0", Map.of(OFFER, t -> t.replace("Before tax", "Gross")));

        UpgradeReport report = UpgradeAnalysis.compare(installed, later, List.of(), List.of());
        assertThat(report.entries()).hasSize(1);
        assertThat(only(report, Kind.CHANGED).property()).isEqualTo("help");

        Layer again = UpgradeAnalysis.upgraded(installed, later);
        assertThat(again.info().retired()).contains(key("field:recruiting__Offer/status"));
        assertThat(model(again)
                        .requireObject("recruiting__Offer")
                        .requireField("status")
                        .hidden())
                .isTrue();

        Layer back = UpgradeAnalysis.upgraded(
                again, edited(PRODUCT, "1.3.0", Map.of(OFFER, t -> t.replace("Before", "After"))));
        assertThat(back.info().retired()).isEmpty();
    }

    @Test
    void aRemovedPermissionSetGrantsNothingButStaysForThoseWhoHoldIt() {
        Map<String, byte[]> files = new TreeMap<>(PackageWriter.files(PRODUCT));
        files.remove("permissions/recruiter.yaml");
        String approval = new String(files.get("approvals/offer_approval.yaml"), StandardCharsets.UTF_8)
                .replace("submitters: [recruiter]\n", "")
                .replace("holdersOf: recruiter", "manager: 1");
        files.put("approvals/offer_approval.yaml", approval.getBytes(StandardCharsets.UTF_8));
        Layer next = PackageReader.readFiles(files).orThrow();
        Layer custom = custom(
                "extends/permissions/recruiting__recruiter.yaml",
                "objects: {recruiting__Candidate: {read: true}, recruiting__Offer: {delete: true, lock: true}}\n");

        var set = model(UpgradeAnalysis.upgraded(PRODUCT, next), custom)
                .permissionSets()
                .get("recruiting__recruiter");
        assertThat(set.forObject("recruiting__Offer").orElseThrow().canRead()).isFalse();
        assertThat(set.forObject("recruiting__Offer").orElseThrow().canDelete()).isTrue();
        assertThat(set.forObject("recruiting__Offer").orElseThrow().lock()).isTrue();
        assertThat(set.forObject("recruiting__Offer").orElseThrow().editLocked())
                .isFalse();
        assertThat(set.forObject("recruiting__Candidate").orElseThrow().canRead())
                .isTrue();
        assertThat(compare(next, custom).ofKind(Kind.ORPHAN)).isNotEmpty();
    }

    private static Layer withoutStatus() {
        return edited(
                PRODUCT,
                "1.1.0",
                Map.of(
                        OFFER,
                        t -> t.replaceAll("(?s)  status:\n.*?uniqueKeys:", "uniqueKeys:")
                                .replace(", status]", "]"),
                        "approvals/offer_approval.yaml",
                        t -> t.replaceAll("(?s)onOutcome:\n.*?steps:", "steps:"),
                        "i18n/zh-CN.yaml",
                        t -> t.replaceAll("(?s)      status:\n.*?    rules:", "    rules:")));
    }
}
