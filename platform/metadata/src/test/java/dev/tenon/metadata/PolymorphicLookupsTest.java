package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.custom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolymorphicLookupsTest {

    private static final String NOTE = "objects/Note.yaml";

    private static String note(String field) {
        return "label: Note\nfields:\n  text: {type: text, label: Text}\n  about: {type: lookup, label: About, " + field
                + "}\n";
    }

    private static Checked<?> compiled(String... pathsAndTexts) {
        return Models.compile("t", 1, List.of(PRODUCT, custom(pathsAndTexts)));
    }

    private static List<MetadataError> faults(String... pathsAndTexts) {
        return compiled(pathsAndTexts).problems().stream().map(Problem::code).toList();
    }

    private static List<MetadataError> unreadable(String note) {
        return PackageReader.read(Fixtures.files(
                        "package.yaml", "name: custom\nnamespace: c\nversion: 1.0.0\ntitle: C\n", NOTE, note))
                .problems()
                .stream()
                .map(Problem::code)
                .toList();
    }

    private static ObjectType noteOf(String field) {
        return Models.compile("t", 1, List.of(PRODUCT, custom(NOTE, note(field), "objects/Site.yaml", "label: Site\n")))
                .orThrow()
                .requireObject("c__Note");
    }

    @Test
    void aLookupToSeveralObjectsIsALookupForEachAndTellsWhichItIs() {
        ObjectType note = noteOf("targets: [Site, recruiting__Offer, sys__User], required: true, unique: true,"
                + " readOnlyWhen: \"text == 'x'\", candidateFields: [createdAt]");

        assertThat(note.partsOf("about"))
                .extracting(Field::name)
                .containsExactly("aboutSite", "aboutRecruitingOffer", "aboutSysUser");
        Field about = note.requireField("about");
        assertThat(about.required()).isTrue();
        assertThat(about.alwaysRequired()).isFalse();
        assertThat(about.unique()).isFalse();
        assertThat(about.when().readOnly()).isEmpty();
        assertThat(about.type()).isInstanceOfSatisfying(FieldType.Formula.class, formula -> {
            assertThat(formula.expression().text())
                    .isEqualTo("has(aboutSite) ? 'c__Site' : has(aboutRecruitingOffer) ? 'recruiting__Offer' : "
                            + "has(aboutSysUser) ? 'sys__User' : null");
            assertThat(((FieldType.Picklist) formula.result()).values())
                    .extracting(value -> value.label().in(Locale.ENGLISH))
                    .containsExactly("Site", "Offer", "User");
        });
        Field offer = note.requireField("aboutRecruitingOffer");
        assertThat(offer.whole()).isEqualTo("about");
        assertThat(offer.required()).isFalse();
        assertThat(offer.unique()).isTrue();
        assertThat(offer.when().readOnly()).isPresent();
        assertThat(offer.label().in(Locale.ENGLISH)).isEqualTo("About (Offer)");
        assertThat(offer.type()).isInstanceOfSatisfying(FieldType.Lookup.class, lookup -> {
            assertThat(lookup.target()).isEqualTo("recruiting__Offer");
            assertThat(lookup.candidates().fields()).containsExactly("createdAt");
        });
        assertThat(note.rules()).hasSize(1);
        assertThat(note.layout().sections().getFirst().fields())
                .contains("about")
                .doesNotContain("aboutSite");
    }

    @Test
    void layersAddTargetsAndTakeNoneAway() {
        Layer product = Fixtures.other(
                "other",
                "objects/Offer.yaml",
                "label: Offer\n",
                "objects/Mail.yaml",
                "label: Mail\nfields: {source: {type: lookup, label: Source, targets: [Offer]}}\n");
        String mail = "extends/other/Mail.yaml";

        ObjectType extended = Models.compile(
                        "t",
                        1,
                        List.of(
                                PRODUCT,
                                product,
                                custom(
                                        "objects/Site.yaml",
                                        "label: Site\n",
                                        mail,
                                        "fields: {source: {targets: {add: [{object: Site, first: true}]}}}\n")))
                .orThrow()
                .requireObject("other__Mail");
        assertThat(extended.partsOf("source")).extracting(Field::name).containsExactly("sourceCSite", "sourceOffer");
        assertThat(extended.partsOf("source")).extracting(Field::origin).containsOnly("other");

        assertThat(Models.compile(
                                "t",
                                1,
                                List.of(PRODUCT, product, custom(mail, "fields: {source: {targets: [Offer]}}\n")))
                        .problems())
                .extracting(Problem::code)
                .contains(MetadataError.TARGETS_ONLY_ADDED);
    }

    @Test
    void whatDoesNotFitIsTold() {
        assertThat(faults(NOTE, note("targets: [Nowhere]"))).containsExactly(MetadataError.REFERENCE_UNKNOWN);
        assertThat(unreadable(note("help: x"))).containsExactly(MetadataError.ONE_OF);
        assertThat(unreadable(note("target: sys__User, targets: [sys__User]"))).containsExactly(MetadataError.ONE_OF);
        assertThat(faults(NOTE, note("targets: [sys__User, recruiting__Offer], candidateFields: [nothing]")))
                .containsExactly(MetadataError.REFERENCE_UNKNOWN, MetadataError.REFERENCE_UNKNOWN);
        assertThat(
                        faults(
                                NOTE,
                                note("targets: [sys__User]")
                                        + "uniqueKeys: {once: [about]}\nlayout: {sections: {m: {label: M, fields: [aboutSysUser]}}}\n"))
                .containsExactlyInAnyOrder(MetadataError.FIELD_DERIVED, MetadataError.PART_NOT_ALONE);
        String many = String.join(
                ", ", IntStream.range(0, 11).mapToObj(i -> "Nowhere" + i).toList());
        assertThat(unreadable(note("targets: [" + many + "]"))).containsExactly(MetadataError.VALUE_INVALID);
        assertThat(faults(NOTE, note("targets: [sys__User]") + "  aboutSysUser: {type: text, label: Taken}\n"))
                .containsExactly(MetadataError.PART_NAME_TAKEN);
    }

    @Test
    void whatIsSaidIsWrittenBackAsItWasRead() {
        Layer layer = custom(
                NOTE,
                note("targets: [Site, recruiting__Offer]")
                        + "  above: {type: lookup, label: Above, target: Note, circles: refused}\n",
                "objects/Site.yaml",
                "label: Site\n",
                "extends/other/Mail.yaml",
                "fields: {source: {targets: {add: [{object: Site, first: true}]}}}\n");

        Map<String, byte[]> files = PackageWriter.files(layer);
        assertThat(PackageReader.readFiles(files).orThrow().sameContent(layer)).isTrue();
        assertThat(new String(files.get(NOTE), StandardCharsets.UTF_8))
                .containsPattern("targets:\\s*(\\[Site, |\\n?\\s*- Site)")
                .contains("circles: refused");
    }

    @Test
    void onlyLookupsToTheOwnObjectRefuseCircles() {
        assertThat(faults(NOTE, note("target: Note, circles: refused"))).isEmpty();
        assertThat(faults(NOTE, note("target: sys__User, circles: refused")))
                .containsExactly(MetadataError.CIRCLES_TARGET);
        assertThat(faults(NOTE, note("targets: [Note], circles: refused")))
                .containsExactly(MetadataError.CIRCLES_TARGET);
    }

    @Test
    void partsAreFollowedByPathsAndRelatedLists() {
        assertThat(faults(
                        NOTE,
                        note("targets: [sys__User, recruiting__Offer]")
                                + "views: {all: {label: All, columns: [about, aboutSysUser, aboutSysUser.name]}}\n",
                        "extends/recruiting/Offer.yaml",
                        """
                        layout:
                          related:
                            c__notes: {label: Notes, object: Note, via: aboutRecruitingOffer, columns: [text]}
                        fields:
                          c__notes: {type: rollUp, label: Notes, object: Note, via: aboutRecruitingOffer, function: count}
                        """))
                .isEmpty();
        assertThat(faults(
                        NOTE,
                        note("targets: [sys__User, recruiting__Offer]"),
                        "extends/recruiting/Offer.yaml",
                        "layout: {related: {c__notes: {label: Notes, object: Note, via: about, columns: [text]}}}\n"))
                .containsExactly(MetadataError.RELATED_VIA);
    }
}
