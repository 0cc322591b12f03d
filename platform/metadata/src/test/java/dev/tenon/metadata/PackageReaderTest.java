package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.CUSTOM;
import static dev.tenon.metadata.Fixtures.RECRUITING;
import static dev.tenon.metadata.Fixtures.files;
import static dev.tenon.metadata.Fixtures.key;
import static dev.tenon.metadata.Fixtures.onlyProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.sdk.error.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageReaderTest {

    private static Checked<Layer> object(String yaml) {
        return PackageReader.read(files("package.yaml", RECRUITING, "objects/Offer.yaml", yaml));
    }

    private static Checked<Layer> extension(String yaml) {
        return PackageReader.read(files("package.yaml", CUSTOM, "extends/recruiting/Offer.yaml", yaml));
    }

    @Test
    void anElementKnowsFileLineAndColumnOfEachProperty() {
        Layer layer = object("label: Offer\nfields:\n  salary:\n    type: decimal\n    label: Salary\n")
                .orThrow();

        Property label = layer.find(key("field:recruiting__Offer/salary"))
                .orElseThrow()
                .properties()
                .get("label");
        assertThat(label.value()).isEqualTo("Salary");
        assertThat(label.source()).hasToString("recruiting:objects/Offer.yaml:5:12");
    }

    @Test
    void anUnknownKeyIsToldWithItsPlaceAndTheNearestKnownOne() {
        Problem problem =
                onlyProblem(object("label: Offer\nfields:\n  salary: {type: decimal, lable: x, label: Salary}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.UNKNOWN_KEY);
        assertThat(problem.source()).hasToString("recruiting:objects/Offer.yaml:3:27");
        assertThat(problem.text(Locale.ENGLISH)).isEqualTo("The key lable is not known here. Did you mean label?");
        assertThat(problem.text(Locale.SIMPLIFIED_CHINESE)).contains("lable").contains("label");
    }

    @Test
    void aMisspeltConditionOfAFieldIsToldWithTheRightName() {
        Problem problem =
                onlyProblem(object("label: Offer\nfields:\n  salary: {type: decimal, label: S, visbleWhen: x}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.UNKNOWN_KEY);
        assertThat(problem.args()).containsEntry("suggestion", "visibleWhen");
    }

    @Test
    void allProblemsOfAllFilesAreToldAtOnce() {
        Checked<Layer> read = PackageReader.read(files(
                "package.yaml", RECRUITING,
                "objects/Offer.yaml", "labl: Offer\nfields: {id: {type: text, label: Id}, x: {type: texd, label: X}}\n",
                "objects/Broken.yaml", "label: [\n",
                "permission/x.yaml", "label: X\n"));

        assertThat(read.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        MetadataError.UNKNOWN_KEY,
                        MetadataError.MISSING_KEY,
                        MetadataError.NAME_RESERVED,
                        MetadataError.VALUE_NOT_ALLOWED,
                        MetadataError.YAML_SYNTAX,
                        MetadataError.FILE_UNEXPECTED);
        assertThatThrownBy(read::orThrow)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.details()).hasSize(6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: decimal, label: S, required: 'yes'} | WRONG_TYPE",
                "{type: date, label: S, maxLength: 5} | KEY_NOT_FOR_TYPE",
                "{type: masterDetail, label: S, target: Offer, visibleWhen: 'true'} | KEY_NOT_FOR_TYPE",
                "{type: text, label: S, visibleWhen: ''} | VALUE_INVALID",
                "{type: lookup, label: S} | ONE_OF",
                "{type: masterDetail, label: S} | MISSING_KEY",
                "{type: picklist, label: S} | MISSING_KEY",
                "{type: text, label: S, maxLength: 0} | VALUE_INVALID",
                "{type: autoNumber, label: S, format: OFF} | VALUE_INVALID",
                "{type: text, label: S, label: T} | DUPLICATE_KEY",
                "{type: integer, label: S, max: .inf} | YAML_VALUE",
                "{type: text} | MISSING_KEY",
                "{type: text, label: S, help: Per month, before tax} | TEXT_CUT"
            })
    void aFaultyFieldIsTold(String field, MetadataError expected) {
        assertThat(object("label: Offer\nfields:\n  salary: " + field + "\n").problems())
                .extracting(Problem::code)
                .contains(expected);
    }

    @Test
    void aliasesAreRefusedBecauseAFewOfThemStandForMillionsOfValues() {
        assertThat(object("label: &a Offer\npluralLabel: *a\n").problems())
                .extracting(Problem::code)
                .containsExactly(MetadataError.YAML_ALIAS);
    }

    @Test
    void inAnExtensionAPrefixedNameAddsAndAnyOtherChanges() {
        Layer layer = extension("fields:\n  c__format: {type: text, label: Format}\n  salary: {help: Monthly}\n")
                .orThrow();

        assertThat(layer.find(key("field:recruiting__Offer/c__format"))
                        .orElseThrow()
                        .adds())
                .isTrue();
        assertThat(layer.find(key("field:recruiting__Offer/salary"))
                        .orElseThrow()
                        .adds())
                .isFalse();
        assertThat(layer.find(key("object:recruiting__Offer"))).isEmpty();
    }

    @Test
    void anAddedElementInAnExtensionIsCheckedLikeADefinition() {
        Problem problem = onlyProblem(extension("fields:\n  c__format: {type: lookup, label: Format}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.ONE_OF);
        assertThat(problem.args()).containsEntry("keys", "target, targets");
    }

    @Test
    void bothFormsOfAnExtensionFileAreRead() {
        Layer layer = PackageReader.read(files(
                        "package.yaml", CUSTOM, "extends/recruiting__Offer.yaml", "fields: {salary: {help: H}}\n"))
                .orThrow();

        assertThat(layer.elements()).containsOnlyKeys(key("field:recruiting__Offer/salary"));
    }

    @Test
    void aPrefixInsideAnOwnElementIsRefused() {
        Problem problem = onlyProblem(object("label: Offer\nfields: {recruiting__x: {type: text, label: X}}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.NAME_PREFIXED);
        assertThat(problem.args()).containsEntry("suggestion", "x");
    }

    @Test
    void bareNamesOfObjectsAreTheOwnNamespaces() {
        Layer layer = object("label: Offer\nfields: {c: {type: lookup, label: C, target: Candidate}, "
                        + "u: {type: lookup, label: U, target: sys__User}}\n")
                .orThrow();

        assertThat(layer.find(key("field:recruiting__Offer/c")).orElseThrow().value("target"))
                .isEqualTo("recruiting__Candidate");
        assertThat(layer.find(key("field:recruiting__Offer/u")).orElseThrow().value("target"))
                .isEqualTo("sys__User");
    }

    @Test
    void translationsBecomePropertiesOfTheirLanguage() {
        Layer layer = PackageReader.read(files(
                        "package.yaml", CUSTOM,
                        "extends/recruiting/Offer.yaml", "fields: {c__x: {type: text, label: X}}\n",
                        "i18n/zh-CN.yaml",
                                "extends: {recruiting__Offer: {fields: {c__x: {label: 甲}, salary: {label: 薪资}}}}\n",
                        "i18n/ja.more.yaml", "package: {title: カスタム}\n"))
                .orThrow();

        assertThat(layer.find(key("field:recruiting__Offer/c__x")).orElseThrow().value("label@zh-CN"))
                .isEqualTo("甲");
        Element salary = layer.find(key("field:recruiting__Offer/salary")).orElseThrow();
        assertThat(salary.adds()).isFalse();
        assertThat(salary.value("label@zh-CN")).isEqualTo("薪资");
        assertThat(layer.info().title().texts()).containsEntry("ja", "カスタム");
    }

    @Test
    void aTranslationOfSomethingThatIsNotThereIsTold() {
        Problem problem = onlyProblem(PackageReader.read(files(
                "package.yaml", RECRUITING,
                "objects/Offer.yaml", "label: Offer\nfields: {salary: {type: decimal, label: S}}\n",
                "i18n/zh-CN.yaml", "objects:\n  Offer:\n    fields:\n      salry: {label: 薪资}\n")));

        assertThat(problem.code()).isEqualTo(MetadataError.TRANSLATION_TARGET_MISSING);
        assertThat(problem.args()).containsEntry("suggestion", "salary");
        assertThat(problem.source().line()).isEqualTo(4);
    }

    @Test
    void aScriptThatIsNotInThePackageIsTold() {
        Problem problem = onlyProblem(
                PackageReader.read(
                        files(
                                "package.yaml", RECRUITING,
                                "scripts/salary.js", "export function f() {}\n",
                                "objects/Offer.yaml",
                                        "label: Offer\ntriggers:\n  t: {on: [beforeCreate], script: scripts/salry.js, function: f}\n")));

        assertThat(problem.code()).isEqualTo(MetadataError.SCRIPT_MISSING);
        assertThat(problem.args()).containsEntry("suggestion", "scripts/salary.js");
        assertThat(problem.element()).contains(key("trigger:recruiting__Offer/t"));
    }

    @Test
    void aHandlerIsAScriptOrAPlugin() {
        assertThat(object("label: Offer\nactions: {a: {label: A}}\n").problems())
                .extracting(Problem::code)
                .containsExactly(MetadataError.ONE_OF);
    }

    @ParameterizedTest
    @CsvSource({
        "custom, c, true",
        "custom, x, false",
        "other, c, false",
        "system, sys, true",
        "other, sys, false",
        "other, approvals, false",
        "other, oth, true"
    })
    void namespacesOfThePlatformAreReserved(String name, String namespace, boolean allowed) {
        Checked<Layer> read = PackageReader.read(
                Map.of("package.yaml", "name: " + name + "\nnamespace: " + namespace + "\nversion: 1.0.0\ntitle: T\n"));

        assertThat(read.problems().isEmpty()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"'>=1.0.0 <2.0.0', true", "'^1.2.0', true", "'1.x', true", "'latest', false", "'>=', false"})
    void requirementsAreRangesOfVersions(String range, boolean allowed) {
        Checked<Layer> read =
                PackageReader.read(Map.of("package.yaml", RECRUITING + "requires: {other: \"" + range + "\"}\n"));

        assertThat(read.problems().isEmpty()).isEqualTo(allowed);
    }

    @Test
    void ownElementsAreNotExtended() {
        Problem problem = onlyProblem(PackageReader.read(
                files("package.yaml", RECRUITING, "extends/recruiting/Offer.yaml", "label: Offer\n")));

        assertThat(problem.code()).isEqualTo(MetadataError.EXTENDS_ITSELF);
    }

    @Test
    void aPackageNeedsAPackageFileAndUtf8() {
        assertThat(onlyProblem(PackageReader.read(Map.of())).code()).isEqualTo(MetadataError.PACKAGE_FILE_MISSING);
        assertThat(onlyProblem(PackageReader.readFiles(Map.of(
                                "package.yaml",
                                RECRUITING.getBytes(StandardCharsets.UTF_8),
                                "scripts/x.js",
                                new byte[] {(byte) 0xC3, 0x28})))
                        .code())
                .isEqualTo(MetadataError.NOT_UTF8);
    }

    @Test
    void readMesAndEditorFilesAreLeftOut() {
        Layer layer = PackageReader.read(files(
                        "package.yaml", RECRUITING, "README.md", "x", "jsconfig.json", "{}", "data/x.csv", "a;b\n"))
                .orThrow();

        assertThat(layer.elements()).isEmpty();
        assertThat(layer.data()).containsOnlyKeys("data/x.csv");
    }

    @Test
    void testsOfScriptsAreElementsOfTheLayerButNotOfTheModel() {
        Layer layer = PackageReader.read(files(
                        "package.yaml", RECRUITING, "scripts/a.js", "export {}", "scripts/a.test.js", "export {}"))
                .orThrow();

        assertThat(layer.script("scripts/a.test.js")).isPresent();
        assertThat(Fixtures.model(layer).scripts()).containsOnlyKeys("recruiting/scripts/a.js");
    }
}
