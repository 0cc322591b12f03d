package dev.tenon.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Expr A = field("a");
    private static final Expr B = field("b");
    private static final Expr C = field("c");

    private static Expr field(String name) {
        return new Expr.FieldRef(0, "x__O", List.of(), name, ValueType.Simple.BOOLEAN);
    }

    @Test
    void whatAnotherAlternativeCoversIsAbsorbed() {
        assertThat(Conditions.anyOf(List.of(Expr.and(A, B), A))).isEqualTo(A);
        assertThat(Conditions.anyOf(List.of(A, Expr.and(B, A), C))).isEqualTo(Expr.or(A, C));
        assertThat(Conditions.anyOf(List.of(A, Expr.TRUE))).isEqualTo(Expr.TRUE);
        assertThat(Conditions.anyOf(List.of(Expr.FALSE, A, A))).isEqualTo(A);
        assertThat(Conditions.anyOf(List.of())).isEqualTo(Expr.FALSE);
        assertThat(Conditions.allOf(List.of(A, Expr.TRUE, Expr.and(A, B)))).isEqualTo(Expr.and(A, B));
    }

    @Test
    void aConditionIsCarriedOverHopsAlsoWhereItLooksBackFromANestedRecord() {
        Expr.Hop hop = new Expr.Hop("o", "x__O");
        Expr outer = new Expr.FieldRef(1, "x__O", List.of(), "a", ValueType.Simple.BOOLEAN);
        Expr inner = new Expr.FieldRef(0, "x__N", List.of(), "n", ValueType.Simple.BOOLEAN);
        Expr exists = new Expr.Exists("x__N", Expr.and(inner, outer));

        Expr carried = Conditions.overHops(exists, "x__P", List.of(hop));

        Expr moved = new Expr.FieldRef(1, "x__P", List.of(hop), "a", ValueType.Simple.BOOLEAN);
        assertThat(carried).isEqualTo(new Expr.Exists("x__N", Expr.and(inner, moved)));
    }

    @Test
    void aConditionAboutARecordFurtherOutsideNamesItSo() {
        Expr inner = new Expr.FieldRef(0, "x__N", List.of(), "n", ValueType.Simple.BOOLEAN);
        Expr exists = new Expr.Exists(
                "x__N", Expr.and(inner, new Expr.FieldRef(1, "x__O", List.of(), "a", ValueType.Simple.BOOLEAN)));

        assertThat(Conditions.outward(exists, 2))
                .isEqualTo(new Expr.Exists(
                        "x__N",
                        Expr.and(inner, new Expr.FieldRef(3, "x__O", List.of(), "a", ValueType.Simple.BOOLEAN))));
    }
}
