package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.custom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CompoundFieldsTest {

    private static final String OFFER = "extends/recruiting/Offer.yaml";

    private static ObjectType offer(String yaml) {
        Model model =
                Models.compile("t", 1, List.of(PRODUCT, custom(OFFER, yaml))).orThrow();
        return model.requireObject("recruiting__Offer");
    }

    private static List<MetadataError> faults(String... pathsAndTexts) {
        return Models.compile("t", 1, List.of(PRODUCT, custom(pathsAndTexts))).problems().stream()
                .map(Problem::code)
                .toList();
    }

    @Test
    void aCurrencyFieldIsAnAmountWithACodeAndAConvertedValueBehindIt() {
        ObjectType offer = offer("""
                fields:
                  c__fee: {type: currency, label: Fee, scale: 3, required: true, readOnlyWhen: "c__fee > 1.0", rateDate: createdAt}
                """);

        assertThat(offer.partsOf("c__fee"))
                .extracting(Field::name)
                .containsExactly("c__feeCurrency", "c__feeConverted");
        assertThat(offer.fields().keySet()).containsSubsequence("c__fee", "c__feeCurrency", "c__feeConverted", "id");
        Field code = offer.requireField("c__feeCurrency");
        assertThat(code.whole()).isEqualTo("c__fee");
        assertThat(code.type()).isInstanceOfSatisfying(FieldType.Picklist.class, list -> {
            assertThat(list.values()).filteredOn(v -> v.key().equals("CNY")).allMatch(FieldType.Picklist.Value::active);
            assertThat(list.values())
                    .filteredOn(v -> v.key().equals("DEM"))
                    .noneMatch(FieldType.Picklist.Value::active);
        });
        assertThat(code.required()).isFalse();
        assertThat(code.when().required().orElseThrow().text()).isEqualTo("has(c__fee)");
        assertThat(code.when().readOnly().orElseThrow().text()).isEqualTo("c__fee > 1.0");
        assertThat(code.label().in(Locale.ENGLISH)).isEqualTo("Fee (currency)");
        assertThat(code.label().in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("Fee（币种）");
        assertThat(offer.requireField("c__feeConverted").type())
                .isEqualTo(new FieldType.Derived(
                        new FieldType.Derived.Conversion(
                                "c__fee", "c__feeCurrency", java.util.Optional.of("createdAt")),
                        new FieldType.DecimalNumber(38, 3, false)));
    }

    @Test
    void partsAreShownNowhereByThemselvesUnlessSomebodyWants() {
        ObjectType thing = Models.compile("t", 1, List.of(PRODUCT, custom("objects/Thing.yaml", """
                                label: Thing
                                fields:
                                  home: {type: address, label: Home, required: true}
                                  spot: {type: geolocation, label: Spot, requiredWhen: "homeCity == 'X'"}
                                """)))
                .orThrow()
                .requireObject("c__Thing");

        assertThat(thing.layout().sections().getFirst().fields())
                .contains("home", "spot")
                .doesNotContain("homeCity", "spotLatitude");
        assertThat(thing.views().getFirst().columns()).contains("home").doesNotContain("homeCity");
        assertThat(thing.titleField()).isEqualTo("id");
        assertThat(thing.partsOf("home"))
                .filteredOn(Field::required)
                .extracting(Field::name)
                .containsExactly("homeCountry", "homeCity", "homeStreet");
        assertThat(thing.requireField("spotLatitude")
                        .when()
                        .required()
                        .orElseThrow()
                        .text())
                .isEqualTo("has(spotLongitude) || (homeCity == 'X'\n)");
        assertThat(thing.rules()).hasSize(2);
    }

    @Test
    void layoutsAndRightsNameTheWholeAndTablesWhatTheyKeep() {
        String fields = "fields: {c__fee: {type: currency, label: Fee}, c__home: {type: address, label: Home}}\n";
        assertThat(faults(OFFER, fields + "layout: {sections: {c__s: {label: S, fields: [c__feeCurrency]}}}\n"))
                .containsExactly(MetadataError.PART_NOT_ALONE);
        assertThat(faults(
                        OFFER,
                        fields,
                        "permissions/x.yaml",
                        "label: X\nobjects: {recruiting__Offer: {read: true, fields: {c__homeCity: none}}}\n"))
                .containsExactly(MetadataError.PART_NOT_ALONE);
        assertThat(faults(OFFER, fields + "uniqueKeys: {c__k: [c__feeConverted]}\n"))
                .containsExactly(MetadataError.FIELD_DERIVED);
        assertThat(faults(OFFER, fields + "titleField: c__home\n")).containsExactly(MetadataError.FIELD_DERIVED);
        assertThat(faults(OFFER, fields + "views: {c__v: {label: V, columns: [c__feeCurrency, c__feeConverted]}}\n"))
                .isEmpty();
        assertThat(faults(
                        OFFER,
                        "fields: {c__fee: {type: currency, label: Fee}, c__feeCurrency: {type: text, label: T}}\n"))
                .containsExactly(MetadataError.PART_NAME_TAKEN);
    }

    @Test
    void amountsOfDifferentCurrenciesAreNotRolledUp() {
        for (String field : List.of("c__fee", "c__feeConverted")) {
            assertThat(faults(
                            "extends/recruiting/Application.yaml",
                            "fields: {c__fee: {type: currency, label: Fee}}\n",
                            "extends/recruiting/Candidate.yaml",
                            "fields: {c__x: {type: rollUp, label: X, object: recruiting__Application, via: candidate, function: sum, field: "
                                    + field + "}}\n"))
                    .containsExactly(MetadataError.ROLL_UP_CURRENCY);
        }
    }
}
