package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.custom;
import static dev.tenon.metadata.Fixtures.files;
import static dev.tenon.metadata.Fixtures.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Parameters of actions, and functions: read, merged, written back. */
class ActionParametersTest {

    private static final Layer OWN = custom(
            "extends/recruiting/Offer.yaml",
            """
            actions:
              renderLetter:
                parameters:
                  c__days: {type: integer, label: Days, help: Working days, required: true}
                  c__note: {type: text, label: Note, maxLength: 20}
              c__net:
                label: Net
                script: scripts/net.js
                function: net
                returns: decimal
                parameters:
                  children: {type: integer, label: Children}
            """,
            "scripts/net.js",
            "export function net() {}\n",
            "i18n/zh-CN.yaml",
            "extends: {recruiting__Offer: {actions: {renderLetter: {parameters: {c__days: {label: 天数}}}}}}\n");

    private static Action action(Model model, String name) {
        return model.requireObject("recruiting__Offer").actions().stream()
                .filter(action -> action.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLayerAddsParametersAndFunctions() {
        Model model = Fixtures.model(PRODUCT, OWN);

        Action letter = action(model, "renderLetter");
        assertThat(letter.function()).isFalse();
        assertThat(letter.parameters()).extracting(Field::name).containsExactly("c__days", "c__note");
        Field days = letter.parameters().getFirst();
        assertThat(days.required()).isTrue();
        assertThat(days.label().in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("天数");
        assertThat(letter.parameters().getLast().type())
                .isInstanceOfSatisfying(
                        FieldType.Text.class,
                        text -> assertThat(text.maxLength()).isEqualTo(20));
        Action net = action(model, "c__net");
        assertThat(net.function()).isTrue();
        assertThat(net.answer().type()).isInstanceOf(FieldType.DecimalNumber.class);
    }

    @Test
    void aPicklistHasItsValuesFromAnywhereButItself() {
        Model model = Fixtures.model(PRODUCT, choosing("{type: picklist, label: From, valueSet: recruiting__Source}"));

        assertThat(action(model, "renderLetter").parameters().getFirst().type())
                .isInstanceOfSatisfying(
                        FieldType.Picklist.class,
                        picklist -> assertThat(picklist.values())
                                .extracting(FieldType.Picklist.Value::key)
                                .contains("web"));
        assertThat(codes(choosing("{type: picklist, label: From, valueSet: recruiting__Sauce}")))
                .contains("metadata.reference-unknown");
        assertThat(codes(choosing("{type: integer, label: From, maxLength: 3}")))
                .contains("metadata.key-not-for-type");
        assertThat(PackageReader.read(files(
                                "extends/recruiting/Offer.yaml",
                                "actions: {renderLetter: {parameters: {c__from: {type: picklist, label: From}}}}\n"))
                        .problems())
                .isNotEmpty();
    }

    private static Layer choosing(String parameter) {
        return custom(
                "extends/recruiting/Offer.yaml",
                "actions: {renderLetter: {parameters: {c__from: " + parameter + "}}}\n");
    }

    private static List<String> codes(Layer own) {
        return Models.compile("t", 1, List.of(PRODUCT, own)).problems().stream()
                .map(problem -> problem.code().id())
                .toList();
    }

    @Test
    void theyAreReadBackAsTheyWere() {
        Layer read = PackageReader.readFiles(PackageWriter.files(OWN)).orThrow();

        assertThat(read.sameContent(OWN)).isTrue();
    }

    @Test
    void whatProgramsRelyOnIsNotForOthersToChange() {
        assertThat(ElementTypes.changeable(key("parameter:recruiting__Offer/renderLetter/c__days"), "type"))
                .isFalse();
        assertThat(ElementTypes.changeable(key("parameter:recruiting__Offer/renderLetter/c__days"), "required"))
                .isTrue();
        assertThat(ElementTypes.changeable(key("action:recruiting__Offer/c__net"), "returns"))
                .isFalse();
    }

    @Test
    void unknownTypesAreRefused() {
        Checked<Layer> read = PackageReader.read(
                files(
                        "package.yaml",
                        "name: p\nnamespace: p\nversion: 1.0.0\ntitle: P\n",
                        "objects/Pump.yaml",
                        "label: Pump\npluralLabel: Pumps\nactions: {a: {label: A, plugin: x/y, parameters: {p: {type: lookup, label: P}}}}\n"));
        assertThat(read.problems()).isNotEmpty();
    }
}
