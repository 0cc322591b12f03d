package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.custom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.ManyToMany;
import dev.tenon.metadata.model.FieldType.RollUp;
import dev.tenon.metadata.model.Layout;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JunctionsTest {

    private static final String OFFER = "extends/recruiting/Offer.yaml";
    private static final String REVIEWERS =
            "fields: {c__reviewers: {type: manyToMany, label: Reviewers, target: sys__User, inverseLabel: To review}}\n";

    private static Model model(String... pathsAndTexts) {
        return Models.compile("t", 1, List.of(PRODUCT, custom(pathsAndTexts))).orThrow();
    }

    private static List<MetadataError> faults(String... pathsAndTexts) {
        return Models.compile("t", 1, List.of(PRODUCT, custom(pathsAndTexts))).problems().stream()
                .map(Problem::code)
                .toList();
    }

    /** The same where reading the file tells it already. */
    private static List<? extends ErrorCode> told(String... pathsAndTexts) {
        try {
            return faults(pathsAndTexts);
        } catch (PlatformException unread) {
            return unread.details().stream().map(ErrorDetail::code).toList();
        }
    }

    @Test
    void aFieldOfLinksBecomesAnObjectOfPairs() {
        Model model = model(OFFER, REVIEWERS);
        Field field = model.requireObject("recruiting__Offer").requireField("c__reviewers");
        assertThat(field.stored()).isFalse();
        ObjectType junction = model.requireObject("recruiting__Offer_c__reviewers");
        assertThat(junction.junction()).contains(new ObjectType.Junction("recruiting__Offer", "c__reviewers"));
        assertThat(junction.requireField(ManyToMany.SOURCE).type())
                .isEqualTo(new FieldType.MasterDetail("recruiting__Offer"));
        assertThat(junction.requireField(ManyToMany.TARGET).type()).isEqualTo(new FieldType.MasterDetail("sys__User"));
        assertThat(junction.uniqueKeys())
                .extracting(ObjectType.UniqueKey::fields)
                .containsExactly(List.of(ManyToMany.SOURCE, ManyToMany.TARGET));
        assertThat(field.type())
                .isInstanceOfSatisfying(
                        ManyToMany.class, links -> assertThat(links.junction()).isEqualTo(junction.name()));
    }

    @Test
    void theOtherSideHasAListUnlessOneIsDeclared() {
        Model model = model(OFFER, REVIEWERS);
        Layout.RelatedList list =
                model.requireObject("sys__User").layout().related().getLast();
        assertThat(list.label().in(Locale.ENGLISH)).isEqualTo("To review");
        assertThat(list.object()).isEqualTo("recruiting__Offer");
        assertThat(list.via()).isEqualTo("c__reviewers");
        String declared = """
                label: Tag
                fields: {name: {type: text, label: Name}}
                layout: {related: {offers: {label: Offers, object: recruiting__Offer, via: c__tags, columns: [number]}}}
                """;
        List<Layout.RelatedList> lists = model(
                        "objects/Tag.yaml",
                        declared,
                        OFFER,
                        "fields: {c__tags: {type: manyToMany, label: Tags, target: c__Tag}}\n")
                .requireObject("c__Tag")
                .layout()
                .related();
        assertThat(lists).extracting(Layout.RelatedList::name).containsExactly("offers");
    }

    @Test
    void linksAreCountedFromBothSidesAndNotSummed() {
        String count = "label: N, object: %s, via: c__tags, function: count";
        Model model = model(
                "objects/Tag.yaml",
                "label: Tag\nfields: {name: {type: text, label: Name}, offers: {type: rollUp, "
                        + count.formatted("recruiting__Offer") + "}}\n",
                OFFER,
                "fields: {c__tags: {type: manyToMany, label: Tags, target: c__Tag}, c__n: {type: rollUp, "
                        + count.formatted("c__Tag") + "}}\n");
        assertThat(model.requireObject("c__Tag").requireField("offers").type()).isEqualTo(counted(ManyToMany.TARGET));
        assertThat(model.requireObject("recruiting__Offer").requireField("c__n").type())
                .isEqualTo(counted(ManyToMany.SOURCE));
        assertThat(faults(
                        "objects/Tag.yaml",
                        "label: Tag\nfields: {name: {type: text, label: Name}, total: {type: rollUp, label: T,"
                                + " object: recruiting__Offer, via: c__tags, function: sum, field: salary}}\n",
                        OFFER,
                        "fields: {c__tags: {type: manyToMany, label: Tags, target: c__Tag}}\n"))
                .containsExactly(MetadataError.ROLL_UP_LINKS);
    }

    private static RollUp counted(String via) {
        return new RollUp("recruiting__Offer_c__tags", via, RollUp.Function.COUNT, Optional.empty(), Optional.empty());
    }

    @Test
    void whatLinksCannotBeIsRefused() {
        for (String property : List.of("required: true", "unique: true", "default: \"'x'\"", "indexed: true")) {
            assertThat(told(OFFER, REVIEWERS.replace("type:", property + ", type:"))
                            .getFirst())
                    .as(property)
                    .isEqualTo(MetadataError.KEY_NOT_FOR_TYPE);
        }
        assertThat(told(OFFER, "fields: {c__x: {type: manyToMany, label: X}}\n").getFirst())
                .isEqualTo(MetadataError.MISSING_KEY);
        assertThat(faults(OFFER, REVIEWERS.replace("sys__User", "Offr")))
                .containsExactly(MetadataError.REFERENCE_UNKNOWN);
        assertThat(faults(OFFER, "fields: {salary: {inverseLabel: X}}\n"))
                .containsExactly(MetadataError.KEY_NOT_FOR_TYPE);
        assertThat(faults(OFFER, REVIEWERS + "titleField: c__reviewers\n"))
                .containsExactly(MetadataError.FIELD_DERIVED);
        assertThat(faults(
                        OFFER,
                        REVIEWERS + "views: {c__v: {label: V, columns: [c__reviewers], sort: [c__reviewers]}}\n"))
                .containsExactly(MetadataError.FIELD_NOT_COMPARABLE);
        assertThat(faults(OFFER, REVIEWERS + "views: {c__v: {label: V, columns: [c__reviewers.name]}}\n"))
                .containsExactly(MetadataError.PATH_NOT_LOOKUP);
    }
}
