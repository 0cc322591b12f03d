package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ExprRewrite;
import dev.tenon.expression.Function;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.Derived;
import dev.tenon.metadata.model.FieldType.Derived.Rule;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes out, in what is asked of the store, the fields that no record keeps. It comes behind the rights: who may read the
 * field is told its value, whatever of the values behind it he may read by themselves.
 */
final class DerivedValues {

    private static final String RATE = "sys__ExchangeRate";
    private static final Expr CORPORATE = new Expr.Variable("settings." + Setting.CORPORATE_CURRENCY, Simple.TEXT);
    private static final Expr TODAY = new Expr.Variable("today", Simple.DATE);

    private final Map<String, Map<String, Derived>> byObject = new HashMap<>();
    private final Model model;

    DerivedValues(Model model) {
        this.model = model;
        for (ObjectType object : model.objects().values()) {
            for (Field field : object.fields().values()) {
                if (field.type() instanceof Derived derived) {
                    byObject.computeIfAbsent(object.name(), o -> new HashMap<>())
                            .put(field.name(), derived);
                }
            }
        }
    }

    /** The expression without such fields. */
    Expr told(Expr asked) {
        return byObject.isEmpty() ? asked : ExprRewrite.fields(asked, (field, depth) -> value(field));
    }

    private Expr value(Expr.FieldRef field) {
        Derived derived = byObject.getOrDefault(field.owner(), Map.of()).get(field.field());
        return derived == null ? field : new Sibling(model, field).value(derived.rule(), derived.result());
    }

    /** The record that the field was asked of: the same scope, the same way over lookups. */
    private record Sibling(Model model, Expr.FieldRef asked) {

        Expr value(Rule rule, FieldType result) {
            return switch (rule) {
                case Derived.Conversion conversion -> converted(conversion, result);
                case Derived.AddressLine address -> line(address);
                case Derived.Coordinates place ->
                    when(
                            has(0, place.latitude()),
                            call(
                                    Function.CONCAT,
                                    Simple.TEXT,
                                    new Expr.Convert(field(0, place.latitude()), Simple.TEXT),
                                    text(", "),
                                    new Expr.Convert(field(0, place.longitude()), Simple.TEXT)));
            };
        }

        /** An amount in the corporate currency is what it is; others are multiplied by the rate of their day. */
        private Expr converted(Derived.Conversion conversion, FieldType result) {
            Expr amount = field(0, conversion.amount());
            Expr currency = field(0, conversion.currency());
            int scale = result instanceof FieldType.DecimalNumber number ? number.scale() : 0;
            Expr product = binary(BinaryOperator.MULTIPLY, amount, rate(conversion), Simple.DECIMAL);
            Expr rounded =
                    call(Function.ROUND, Simple.DECIMAL, product, new Expr.Literal((long) scale, Simple.INTEGER));
            return new Expr.Conditional(Expr.equal(currency, CORPORATE), amount, rounded, Simple.DECIMAL);
        }

        /** The last rate that began on the day or before: no other of its currencies began between it and the day. */
        private Expr rate(Derived.Conversion conversion) {
            Expr later = new Expr.Exists(
                    RATE,
                    all(
                            Expr.equal(rate(0, "corporateCurrency"), rate(1, "corporateCurrency")),
                            Expr.equal(rate(0, "currency"), rate(1, "currency")),
                            binary(
                                    BinaryOperator.LESS_OR_EQUAL,
                                    rate(0, "validFrom"),
                                    day(2, conversion.day()),
                                    Simple.BOOLEAN),
                            binary(
                                    BinaryOperator.GREATER,
                                    rate(0, "validFrom"),
                                    rate(1, "validFrom"),
                                    Simple.BOOLEAN)));
            return new Expr.Related(
                    RATE,
                    all(
                            Expr.equal(rate(0, "corporateCurrency"), CORPORATE),
                            Expr.equal(rate(0, "currency"), field(1, conversion.currency())),
                            binary(
                                    BinaryOperator.LESS_OR_EQUAL,
                                    rate(0, "validFrom"),
                                    day(1, conversion.day()),
                                    Simple.BOOLEAN),
                            Expr.not(later)),
                    "rate",
                    Simple.DECIMAL);
        }

        private Expr day(int inside, Optional<String> named) {
            if (named.isEmpty()) {
                return TODAY;
            }
            Expr field = field(inside, named.get());
            Expr day = field.type() == Simple.DATE ? field : call(Function.DATE_OF, Simple.DATE, field);
            return call(Function.COALESCE, Simple.DATE, day, TODAY);
        }

        private Expr rate(int scope, String field) {
            ValueType type = ValueType.of(model, model.requireObject(RATE).requireField(field));
            return new Expr.FieldRef(scope, RATE, List.of(), field, type);
        }

        /** The largest part first where the country is China, elsewhere the smallest. */
        private Expr line(Derived.AddressLine address) {
            List<String> western = List.of(
                    address.street(),
                    address.district(),
                    address.city(),
                    address.state(),
                    address.postalCode(),
                    address.country());
            List<String> chinese = List.of(
                    address.state(), address.city(), address.district(), address.street(), address.postalCode());
            Expr line = new Expr.Conditional(
                    Expr.equal(field(0, address.country()), text("CN")),
                    joined(chinese, " "),
                    joined(western, ", "),
                    Simple.TEXT);
            Expr any = western.stream().map(part -> has(0, part)).reduce(Expr.FALSE, Expr::or);
            return when(any, line);
        }

        private Expr joined(List<String> parts, String separator) {
            Expr[] texts = new Expr[parts.size()];
            Expr before = Expr.FALSE;
            for (int i = 0; i < texts.length; i++) {
                Expr part = field(0, parts.get(i));
                Expr separated = new Expr.Conditional(
                        before, call(Function.CONCAT, Simple.TEXT, text(separator), part), part, Simple.TEXT);
                texts[i] = before.equals(Expr.FALSE) ? part : when(has(0, parts.get(i)), separated);
                before = Expr.or(before, has(0, parts.get(i)));
            }
            return call(Function.CONCAT, Simple.TEXT, texts);
        }

        private Expr field(int inside, String name) {
            ValueType type =
                    ValueType.of(model, model.requireObject(asked.owner()).requireField(name));
            return new Expr.FieldRef(asked.scope() + inside, asked.object(), asked.hops(), name, type);
        }

        private Expr has(int inside, String name) {
            return Expr.not(new Expr.IsNull(field(inside, name)));
        }

        private static Expr when(Expr condition, Expr then) {
            return new Expr.Conditional(condition, then, new Expr.Literal(null, then.type()), then.type());
        }

        private static Expr text(String value) {
            return new Expr.Literal(value, Simple.TEXT);
        }

        private static Expr call(Function function, ValueType type, Expr... arguments) {
            return new Expr.Call(function, List.of(arguments), type);
        }

        private static Expr binary(BinaryOperator operator, Expr left, Expr right, ValueType type) {
            return new Expr.Binary(operator, left, right, type);
        }

        private static Expr all(Expr... conditions) {
            return List.of(conditions).stream().reduce(Expr.TRUE, Expr::and);
        }
    }
}
