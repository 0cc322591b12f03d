package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.key;
import static dev.tenon.metadata.Fixtures.model;
import static dev.tenon.metadata.Fixtures.onlyProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.LayerEdit.Add;
import dev.tenon.metadata.LayerEdit.RemoveElement;
import dev.tenon.metadata.LayerEdit.ResetProperty;
import dev.tenon.metadata.LayerEdit.SetProperty;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerEditTest {

    private static final Layer EMPTY = Layer.emptyCustom();

    private static Checked<Layer> apply(Layer layer, LayerEdit... edits) {
        return layer.apply(Arrays.asList(edits));
    }

    @Test
    void aFieldIsAddedToAnotherPackagesObject() {
        Layer edited = apply(
                        EMPTY,
                        new Add(
                                key("field:recruiting__Candidate/c__experience"),
                                Map.of("type", "integer", "label", "Experience", "label@zh-CN", "经验", "max", 60)))
                .orThrow();

        var field =
                model(PRODUCT, edited).requireObject("recruiting__Candidate").requireField("c__experience");
        assertThat(field.origin()).isEqualTo("custom");
        assertThat(field.label().in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("经验");
        assertThat(PackageWriter.files(edited)).containsKeys("extends/recruiting/Candidate.yaml", "i18n/zh-CN.yaml");
    }

    @Test
    void anObjectIsAddedTogetherWithItsFieldsInOneCall() {
        Layer edited = apply(
                        EMPTY,
                        new Add(
                                key("object:c__Store"),
                                Map.of("label", "Store", "pluralLabel", "Stores", "titleField", "name")),
                        new Add(key("field:c__Store/name"), Map.of("type", "text", "label", "Name")),
                        new Add(
                                key("field:c__Store/format"),
                                Map.of(
                                        "type", "picklist",
                                        "label", "Format",
                                        "values", Map.of("hyper", Map.of("label", "Hypermarket")))),
                        new Add(key("value:c__Store/format/fresh"), Map.of("label", "Fresh")),
                        new Add(key("uniqueKey:c__Store/once"), Map.of("fields", List.of("name", "format"))),
                        new Add(
                                key("field:recruiting__Offer/c__store"),
                                Map.of("type", "lookup", "label", "Store", "target", "Store")))
                .orThrow();

        ObjectType store = model(PRODUCT, edited).requireObject("c__Store");
        assertThat(store.titleField()).isEqualTo("name");
        assertThat(((FieldType.Picklist) store.requireField("format").type()).values())
                .extracting(FieldType.Picklist.Value::key)
                .containsExactly("hyper", "fresh");
        assertThat(store.uniqueKeys()).hasSize(1);
    }

    @Test
    void aPropertyOfALowerLayerIsSetAndResetAgain() {
        SetProperty set = new SetProperty(key("field:recruiting__Offer/salary"), "label", "Base pay");
        Layer edited = apply(EMPTY, set).orThrow();
        assertThat(model(PRODUCT, edited)
                        .requireObject("recruiting__Offer")
                        .requireField("salary")
                        .label()
                        .in(Locale.ENGLISH))
                .isEqualTo("Base pay");

        Layer back = apply(edited, new ResetProperty(set.element(), "label")).orThrow();
        assertThat(back.elements()).isEmpty();
    }

    @Test
    void aSingleRightIsSet() {
        Layer edited = apply(
                        EMPTY,
                        new SetProperty(
                                key("objectPermission:recruiting__recruiter/recruiting__Offer"),
                                "fields.status",
                                "none"),
                        new Add(
                                key("objectPermission:recruiting__recruiter/recruiting__Candidate"),
                                Map.of("read", true, "fields", Map.of("city", "none"))))
                .orThrow();

        var set = model(PRODUCT, edited).permissionSets().get("recruiting__recruiter");
        assertThat(set.forObject("recruiting__Offer").orElseThrow().fields()).hasSize(2);
        assertThat(set.forObject("recruiting__Candidate").orElseThrow().fields())
                .hasSize(1);
    }

    @Test
    void aListIsEditedThroughTheSameForm() {
        Layer edited = apply(
                        EMPTY,
                        new Add(key("field:recruiting__Offer/c__a"), Map.of("type", "text", "label", "A")),
                        new SetProperty(
                                key("section:recruiting__Offer/main"),
                                "fields",
                                Map.of("add", List.of(Map.of("field", "c__a", "first", true)))))
                .orThrow();

        assertThat(model(PRODUCT, edited)
                        .requireObject("recruiting__Offer")
                        .layout()
                        .sections()
                        .getFirst()
                        .fields())
                .startsWith("c__a");
    }

    @Test
    void aScriptIsAddedChangedAndRemoved() {
        Layer added = apply(EMPTY, new Add(key("script:custom/scripts/a.js"), Map.of("source", "export const x = 1\n")))
                .orThrow();
        Layer changed = apply(
                        added, new SetProperty(key("script:custom/scripts/a.js"), "source", "export const x = 2\n"))
                .orThrow();

        assertThat(changed.script("scripts/a.js")).contains("export const x = 2\n");
        assertThat(apply(changed, new RemoveElement(key("script:custom/scripts/a.js")))
                        .orThrow()
                        .elements())
                .isEmpty();
    }

    @Test
    void removingAnElementRemovesWhatIsInsideIt() {
        Layer store = apply(
                        EMPTY,
                        new Add(key("object:c__Store"), Map.of("label", "Store")),
                        new Add(
                                key("field:c__Store/format"),
                                Map.of("type", "picklist", "label", "F", "values", Map.of("a", Map.of("label", "A")))))
                .orThrow();

        assertThat(apply(store, new RemoveElement(key("object:c__Store")))
                        .orThrow()
                        .elements())
                .isEmpty();
    }

    @Test
    void aScriptThatIsStillUsedIsNotRemoved() {
        Layer used = Fixtures.custom(
                "scripts/a.js", "export function f() {}\n",
                "extends/recruiting/Offer.yaml",
                        "triggers: {c__t: {on: [beforeCreate], script: scripts/a.js, function: f}}\n");

        Problem problem = onlyProblem(apply(used, new RemoveElement(key("script:custom/scripts/a.js"))));
        assertThat(problem.code()).isEqualTo(MetadataError.SCRIPT_MISSING);
        assertThat(problem.element()).contains(key("trigger:recruiting__Offer/c__t"));
    }

    @Test
    void nothingIsAppliedWhenOneEditIsWrongAndAllWrongOnesAreTold() {
        Checked<Layer> result = apply(
                EMPTY,
                new Add(key("object:c__Store"), Map.of("label", "Store")),
                new Add(key("field:c__Store/x"), Map.of("type", "text", "label", "X", "lenght", 4)),
                new SetProperty(key("field:recruiting__Offer/salary"), "type", "text"),
                new RemoveElement(key("field:recruiting__Offer/salary")),
                new ResetProperty(key("field:recruiting__Offer/salary"), "help"));

        assertThat(result.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        MetadataError.EDIT_PROPERTY_UNKNOWN,
                        MetadataError.PROPERTY_NOT_CHANGEABLE,
                        MetadataError.EDIT_NOT_OWN,
                        MetadataError.EDIT_NOTHING_SET);
    }

    @Test
    void aValueThatDoesNotFitIsToldWithItsElement() {
        Problem problem = onlyProblem(apply(
                EMPTY,
                new Add(key("object:c__Store"), Map.of("label", "Store")),
                new Add(key("field:c__Store/x"), Map.of("type", "texd", "label", "X"))));

        assertThat(problem.code()).isEqualTo(MetadataError.VALUE_NOT_ALLOWED);
        assertThat(problem.element()).contains(key("field:c__Store/x"));
        assertThat(problem.detail().pointer()).isEqualTo("/field:c__Store~1x");
    }

    @ParameterizedTest
    @CsvSource({
        "field:recruiting__Offer/experience, c__experience",
        "object:Store, c__Store",
        "field:c__Store/c__x, x",
        "script:recruiting/scripts/x.js, scripts/x.js"
    })
    void aNameMustCarryTheRightPrefix(String element, String suggestion) {
        Problem problem = apply(
                        EMPTY,
                        new Add(key("object:c__Store"), Map.of("label", "Store")),
                        new Add(key(element), Map.of("type", "text", "label", "L")))
                .problems()
                .getFirst();

        assertThat(problem.code()).isEqualTo(MetadataError.EDIT_NAME);
        assertThat(problem.args()).containsEntry("suggestion", suggestion);
    }

    @Test
    void anUnknownTypeOrAnElementThatIsThereIsTold() {
        assertThat(onlyProblem(apply(EMPTY, new Add(key("fild:a/b"), Map.of()))).args())
                .containsEntry("suggestion", "field");
        Layer store = apply(EMPTY, new Add(key("object:c__Store"), Map.of("label", "Store")))
                .orThrow();
        assertThat(onlyProblem(apply(store, new Add(key("object:c__Store"), Map.of("label", "S"))))
                        .code())
                .isEqualTo(MetadataError.EDIT_TARGET_EXISTS);
        assertThat(onlyProblem(apply(store, new SetProperty(key("object:c__Stor"), "label", "S")))
                        .args())
                .containsEntry("suggestion", "Store");
    }
}
