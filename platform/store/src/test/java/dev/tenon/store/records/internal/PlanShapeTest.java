package dev.tenon.store.records.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType.Simple;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanShapeTest {

    private static Expr above(Object value, Simple type) {
        Expr field = new Expr.FieldRef(0, "shop__Order", List.of(), "amount", type);
        return new Expr.Binary(Expr.BinaryOperator.GREATER, field, new Expr.Literal(value, type), Simple.BOOLEAN);
    }

    private static Expr shape(Object value, Simple type) {
        return new PlanShape(Map.of()).without(above(value, type));
    }

    private static Expr decimal(String value) {
        return shape(new BigDecimal(value), Simple.DECIMAL);
    }

    @Test
    void conditionsThatDifferOnlyInTheirValueHaveOneShape() {
        assertThat(shape(7L, Simple.INTEGER)).isEqualTo(shape(800_000L, Simple.INTEGER));
        assertThat(decimal("9.01")).isEqualTo(decimal("512.37"));
    }

    @Test
    void decimalsWithMoreDigitsBehindThePointHaveAnother() {
        assertThat(decimal("9.01")).isNotEqualTo(decimal("9.012"));
    }

    @Test
    void theValueIsKeptForTheRunWithItsSlot() {
        PlanShape values = new PlanShape(Map.of());
        Expr without =
                values.without(Expr.and(above(3L, Simple.INTEGER), above(new BigDecimal("9.01"), Simple.DECIMAL)));
        assertThat(values.values()).containsExactly(3L, new BigDecimal("9.01"));
        assertThat(values.parameters())
                .hasSize(2)
                .allSatisfy((name, parameter) -> assertThat(without.toString()).contains(name));
        assertThat(values.parameters().keySet()).map(PlanShape::slot).containsExactlyInAnyOrder(0, 1);
    }
}
