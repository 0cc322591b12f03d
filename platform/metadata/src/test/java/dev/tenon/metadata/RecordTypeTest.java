package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.RecordType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Record types of an object and the field that says them. */
class RecordTypeTest {

    private static final String EXTENSION = "extends/recruiting/Candidate.yaml";

    private static ObjectType candidate(Layer... custom) {
        Model model =
                custom.length == 0 ? Fixtures.model(Fixtures.PRODUCT) : Fixtures.model(Fixtures.PRODUCT, custom[0]);
        return model.requireObject("recruiting__Candidate");
    }

    private static FieldType.Picklist picklist(ObjectType object, String field) {
        return (FieldType.Picklist) object.requireField(field).type();
    }

    private static Map<String, List<String>> levels(ObjectType object) {
        return picklist(object, "level").ofTypes().orElseThrow().allowed();
    }

    @Test
    void anObjectWithTypesHasAFieldThatSaysThem() {
        ObjectType object = candidate();

        assertThat(object.requireField("recordType").label().texts())
                .containsEntry("en", "Record type")
                .containsEntry("zh-CN", "记录类型");
        assertThat(object.requireField("recordType").required()).isTrue();
        assertThat(picklist(object, "recordType").values())
                .extracting(FieldType.Picklist.Value::key)
                .containsExactly("campus", "social");
        assertThat(object.defaultRecordType()).contains("campus");
        assertThat(levels(object))
                .containsEntry("campus", List.of("junior", "senior"))
                .containsEntry("social", List.of("junior", "senior", "chief"));
        assertThat(Fixtures.model(Fixtures.PRODUCT)
                        .requireObject("recruiting__Offer")
                        .findField("recordType"))
                .isEmpty();
    }

    @Test
    void aHigherLayerAddsTypesAndChangesEachPropertyForItself() {
        ObjectType object = candidate(Fixtures.custom(EXTENSION, """
                defaultRecordType: c__intern
                recordTypes:
                  c__intern: {label: Intern, values: {level: [junior]}, first: true, sections: []}
                  campus: {values: {level: {remove: [senior], add: [chief]}}, defaults: {city: "'Jinan'"}}
                  social: {active: false}
                """, "i18n/zh-CN.yaml", """
                extends: {recruiting__Candidate: {recordTypes: {campus: {label: 校招}, c__intern: {label: 实习}}}}
                """));

        assertThat(object.recordTypes()).extracting(RecordType::key).containsExactly("c__intern", "campus", "social");
        assertThat(object.recordTypes()).extracting(RecordType::active).containsExactly(true, true, false);
        assertThat(object.defaultRecordType()).contains("c__intern");
        assertThat(object.recordTypes().get(0).sections()).contains(List.of());
        assertThat(object.recordTypes().get(1).sections()).isEmpty();
        assertThat(object.recordTypes().get(1).defaults()).containsOnlyKeys("level", "city");
        assertThat(object.recordTypes().get(1).label().texts()).containsEntry("zh-CN", "校招");
        assertThat(levels(object))
                .containsEntry("c__intern", List.of("junior"))
                .containsEntry("campus", List.of("junior", "chief"));
    }

    @Test
    void anUpgradeComparesTheValuesOfATypeByThemselvesAndKeepsWithdrawnTypesForTheirRecords() {
        Layer mine =
                Fixtures.custom(EXTENSION, "recordTypes: {campus: {label: University, values: {level: [chief]}}}\n");
        Layer changed = Fixtures.productWith("1.1.0", "objects/Candidate.yaml", """
                label: Candidate
                fields:
                  name: {type: text, label: Name}
                  level: {type: picklist, label: Level, values: {junior: {label: Junior}, senior: {label: Senior}, chief: {label: Chief}}}
                recordTypes:
                  campus: {label: Campus hiring, values: {level: [junior]}, defaults: {level: "'junior'"}}
                """);
        UpgradeReport report = UpgradeAnalysis.compare(Fixtures.PRODUCT, changed, List.of(), List.of(mine));
        ObjectType upgraded = Fixtures.model(UpgradeAnalysis.upgraded(Fixtures.PRODUCT, changed), mine)
                .requireObject("recruiting__Candidate");

        for (String property : List.of("label", "values.level")) {
            assertThat(report.find(key("recordType:recruiting__Candidate/campus"), property))
                    .map(UpgradeReport.Entry::kind)
                    .contains(UpgradeReport.Kind.CONFLICT);
        }
        assertThat(report.find(key("recordType:recruiting__Candidate/social"), null))
                .map(UpgradeReport.Entry::kind)
                .contains(UpgradeReport.Kind.REMOVED);
        assertThat(upgraded.recordTypes()).extracting(RecordType::active).containsExactly(true, false);
        assertThat(levels(upgraded)).containsEntry("campus", List.of("chief"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            recordTypes: {campus: {values: {level: [juniour]}}}      | REFERENCE_UNKNOWN
            recordTypes: {campus: {values: {levle: [junior]}}}       | REFERENCE_UNKNOWN
            recordTypes: {campus: {values: {name: [junior]}}}        | KEY_NOT_FOR_TYPE
            recordTypes: {campus: {values: {level: []}}}             | PICKLIST_EMPTY
            recordTypes: {campus: {sections: [nothing]}}             | REFERENCE_UNKNOWN
            recordTypes: {campus: {related: [nothing]}}              | REFERENCE_UNKNOWN
            recordTypes: {campus: {defaults: {owner: me}}}           | KEY_NOT_FOR_TYPE
            recordTypes: {campus: {active: false}, social: {active: false}} | RECORD_TYPE_INACTIVE
            defaultRecordType: nothing                               | REFERENCE_UNKNOWN
            """)
    void whatDoesNotFitIsToldAtItsPlace(String extension, MetadataError expected) {
        Problem problem = Fixtures.onlyProblem(Fixtures.PRODUCT, Fixtures.custom(EXTENSION, extension + "\n"));

        assertThat(problem.code()).isEqualTo(expected);
        assertThat(problem.source().file()).isEqualTo(EXTENSION);
        assertThat(problem.element()).isPresent();
    }

    @Test
    void permissionsAndApprovalsNameTypesThatExist() {
        Model model = Fixtures.model(
                Fixtures.PRODUCT,
                Fixtures.custom(
                        "permissions/hr.yaml",
                        "label: HR\nobjects: {recruiting__Candidate: {create: true, recordTypes: [campus]}}\n"));
        assertThat(model.permissionSets()
                        .get("c__hr")
                        .forObject("recruiting__Candidate")
                        .orElseThrow()
                        .recordTypes())
                .contains(java.util.Set.of("campus"));
        Problem problem = Fixtures.onlyProblem(
                Fixtures.PRODUCT,
                Fixtures.custom(
                        "permissions/hr.yaml",
                        "label: HR\nobjects: {recruiting__Candidate: {create: true, recordTypes: [campas]}}\n"));
        assertThat(problem.code()).isEqualTo(MetadataError.REFERENCE_UNKNOWN);
        assertThat(problem.args()).containsEntry("suggestion", "campus");
    }

    @Test
    void anObjectWhoseTypesAreAllGoneGoesOnWithoutThem() {
        Layer plain = Fixtures.productWith(
                "1.1.0", "objects/Candidate.yaml", "label: Candidate\nfields: {name: {type: text, label: Name}}\n");
        ObjectType object = Fixtures.model(UpgradeAnalysis.upgraded(Fixtures.PRODUCT, plain))
                .requireObject("recruiting__Candidate");

        assertThat(object.requireField("recordType").hidden()).isTrue();
        assertThat(object.requireField("recordType").required()).isFalse();
        assertThat(object.defaultRecordType()).isEqualTo(Optional.empty());
    }
}
