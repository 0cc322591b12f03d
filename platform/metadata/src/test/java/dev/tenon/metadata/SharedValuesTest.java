package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.Picklist.Value;
import dev.tenon.metadata.model.Model;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Value sets that several fields have together. */
class SharedValuesTest {

    private static final String LEAD = """
            label: Lead
            fields:
              source: {type: picklist, label: Source, valueSet: recruiting__Source, transitions: {web: [fair]}, initial: [web]}
              tried: {type: multiPicklist, label: Tried, valueSet: recruiting__Source, dependsOn: source, allowed: {web: [web, fair]}}
              kind: {type: picklist, label: Kind, valueSet: Kind}
            """;
    private static final String KIND = "label: Kind\nvalues: {warm: {label: Warm}, cold: {label: Cold}}\n";

    private static Layer custom(String... more) {
        String[] files = {"objects/Lead.yaml", LEAD, "valueSets/Kind.yaml", KIND};
        Map<String, String> all = Fixtures.files(files);
        all.putAll(Fixtures.files(more));
        return Fixtures.custom(all.entrySet().stream()
                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                .toArray(String[]::new));
    }

    private static List<Value> values(Model model, String field) {
        return switch (model.requireObject("c__Lead").requireField(field).type()) {
            case FieldType.Picklist picklist -> picklist.values();
            case FieldType.MultiPicklist picklist -> picklist.values();
            default -> List.of();
        };
    }

    @Test
    void fieldsHaveTheValuesOfTheSetTheyName() {
        Model model = Fixtures.model(Fixtures.PRODUCT, custom());

        assertThat(values(model, "source")).extracting(Value::key).containsExactly("web", "fair", "agency");
        assertThat(values(model, "source")).extracting(Value::active).containsExactly(true, true, false);
        assertThat(values(model, "source").getFirst().color()).contains("blue");
        assertThat(values(model, "tried")).isSameAs(values(model, "source"));
        assertThat(values(model, "kind")).extracting(Value::key).containsExactly("warm", "cold");
    }

    @Test
    void aHigherLayerAddsOrdersRelabelsAndSwitchesOffValuesForAllFieldsAtOnce() {
        Model model = Fixtures.model(
                Fixtures.PRODUCT, custom("extends/valueSets/recruiting__Source.yaml", """
                        values:
                          c__street: {label: Street, after: web}
                          fair: {active: false, color: red, label: Job fair}
                          agency: {first: true, active: true}
                        """, "i18n/zh-CN.yaml", """
                        valueSets:
                          Kind: {label: 类别, values: {warm: {label: 热}}}
                          recruiting__Source: {values: {web: {label: 网络}, c__street: {label: 街头}}}
                        """));

        for (String field : List.of("source", "tried")) {
            assertThat(values(model, field))
                    .extracting(Value::key)
                    .containsExactly("agency", "web", "c__street", "fair");
            assertThat(values(model, field)).extracting(Value::active).containsExactly(true, true, true, false);
        }
        assertThat(values(model, "source"))
                .extracting(v -> v.label().in(Locale.SIMPLIFIED_CHINESE))
                .containsExactly("Agency", "网络", "街头", "Job fair");
        assertThat(values(model, "kind").getFirst().label().in(Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("热");
    }

    @Test
    void aSetThatIsNotThereIsToldWithTheNearestOne() {
        Problem problem = Fixtures.onlyProblem(
                Fixtures.PRODUCT,
                Fixtures.custom(
                        "objects/Lead.yaml",
                        "label: Lead\nfields: {source: {type: picklist, label: S, valueSet: recruiting__Sorce}}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.REFERENCE_UNKNOWN);
        assertThat(problem.args()).containsEntry("suggestion", "recruiting__Source");
        assertThat(problem.source().line()).isEqualTo(2);
    }

    @Test
    void aFieldOfASetHasNoValuesOfItsOwn() {
        Problem problem = Fixtures.onlyProblem(Fixtures.PRODUCT, Fixtures.custom("objects/Lead.yaml", """
                        label: Lead
                        fields: {source: {type: picklist, label: S, valueSet: recruiting__Source, values: {x: {label: X}}}}
                        """));

        assertThat(problem.code()).isEqualTo(MetadataError.VALUES_OF_SET);
        assertThat(problem.args()).containsEntry("set", "recruiting__Source");
    }

    @Test
    void onlyPicklistsHaveASet() {
        Checked<Layer> read = PackageReader.read(Fixtures.files(
                "package.yaml",
                Fixtures.CUSTOM,
                "objects/Lead.yaml",
                "label: Lead\nfields: {a: {type: text, label: A, valueSet: Kind}}\n",
                "valueSets/Kind.yaml",
                KIND));

        assertThat(Fixtures.onlyProblem(read).code()).isEqualTo(MetadataError.KEY_NOT_FOR_TYPE);
    }

    @Test
    void aSetInUseIsNeitherHiddenNorRemoved() {
        Problem hidden = Fixtures.onlyProblem(
                Fixtures.PRODUCT, custom("extends/valueSets/recruiting__Source.yaml", "hidden: true\n"));
        Layer without = custom().apply(List.of(new LayerEdit.RemoveElement(key("valueSet:c__Kind"))))
                .orThrow();

        assertThat(hidden.code()).isEqualTo(MetadataError.VALUE_SET_IN_USE);
        assertThat(hidden.args()).containsEntry("fields", "c__Lead/source, c__Lead/tried");
        assertThat(Fixtures.onlyProblem(Fixtures.PRODUCT, without).code()).isEqualTo(MetadataError.REFERENCE_UNKNOWN);
    }

    @Test
    void anUpgradeTellsOfEachValueAndKeepsAWithdrawnSetAlive() {
        Layer mine = custom(
                "extends/valueSets/recruiting__Source.yaml", "values: {fair: {label: Job fair}, web: {color: red}}\n");
        Layer changed = Fixtures.productWith(
                "1.1.0", "valueSets/Source.yaml", "label: Source\nvalues: {web: {label: Net, color: green}}\n");
        UpgradeReport report = UpgradeAnalysis.compare(Fixtures.PRODUCT, changed, List.of(), List.of(mine));
        Model upgraded = Fixtures.model(UpgradeAnalysis.upgraded(Fixtures.PRODUCT, changed), mine);

        assertThat(report.find(key("setValue:recruiting__Source/web"), "color"))
                .map(UpgradeReport.Entry::kind)
                .contains(UpgradeReport.Kind.CONFLICT);
        assertThat(report.find(key("setValue:recruiting__Source/web"), "label"))
                .map(UpgradeReport.Entry::kind)
                .contains(UpgradeReport.Kind.CHANGED);
        assertThat(report.find(key("setValue:recruiting__Source/fair"), "label"))
                .map(UpgradeReport.Entry::kind)
                .contains(UpgradeReport.Kind.ORPHAN);
        assertThat(values(upgraded, "source")).extracting(Value::active).containsExactly(true, false, false);

        Layer gone = PackageReader.readFiles(without("valueSets/Source.yaml")).orThrow();
        Model kept = Fixtures.model(UpgradeAnalysis.upgraded(Fixtures.PRODUCT, gone), mine);

        assertThat(values(kept, "source")).extracting(Value::active).containsExactly(true, true, false);
    }

    private static Map<String, byte[]> without(String path) {
        Map<String, byte[]> files = new java.util.LinkedHashMap<>(PackageWriter.files(Fixtures.PRODUCT));
        files.remove(path);
        return files;
    }
}
