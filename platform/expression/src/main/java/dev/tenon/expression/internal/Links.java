package dev.tenon.expression.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprRewrite;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Declared;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.ManyToMany;
import dev.tenon.metadata.model.SystemField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be said of the records that a many-to-many field links: questions about the records of its junction. */
final class Links {

    private final Declared model;

    Links(Declared model) {
        this.model = model;
    }

    /** Whether there is any; absent where the operand is no such field. */
    Optional<Expr> any(Expr operand) {
        return find(operand).map(links -> new Expr.Exists(links.junction(), of((Expr.FieldRef) operand, links)));
    }

    /** How many there are. */
    Optional<Expr> count(Expr operand) {
        return find(operand).map(links -> new Expr.Count(links.junction(), of((Expr.FieldRef) operand, links)));
    }

    /** Whether a record is among them; like any {@code in}, nobody can say it of no record. */
    Optional<Expr> contains(Expr operand, Expr value) {
        return find(operand).map(links -> {
            ValueType target = new ValueType.Reference(links.target());
            Expr wanted = Rules.operand(0, value, target);
            Expr among = new Expr.Exists(
                    links.junction(),
                    Expr.and(
                            of((Expr.FieldRef) operand, links),
                            Expr.equal(end(links, ManyToMany.TARGET, target), ExprRewrite.inside(wanted))));
            boolean known = wanted instanceof Expr.Literal || wanted instanceof Expr.Variable;
            return known
                    ? among
                    : new Expr.Conditional(
                            new Expr.IsNull(wanted),
                            new Expr.Literal(null, ValueType.Simple.BOOLEAN),
                            among,
                            ValueType.Simple.BOOLEAN);
        });
    }

    private Optional<ManyToMany> find(Expr operand) {
        return Optional.of(operand)
                .filter(Expr.FieldRef.class::isInstance)
                .map(Expr.FieldRef.class::cast)
                .flatMap(field -> model.findObject(field.owner()).flatMap(o -> o.findField(field.field())))
                .map(field -> (FieldType) field.type())
                .filter(ManyToMany.class::isInstance)
                .map(ManyToMany.class::cast);
    }

    /** The links of the record that has the field. */
    private static Expr of(Expr.FieldRef field, ManyToMany links) {
        return Expr.equal(
                end(links, ManyToMany.SOURCE, new ValueType.Reference(field.owner())), ExprRewrite.inside(id(field)));
    }

    private static Expr end(ManyToMany links, String name, ValueType type) {
        return new Expr.FieldRef(0, links.junction(), List.of(), name, type);
    }

    private static Expr id(Expr.FieldRef field) {
        if (field.hops().isEmpty()) {
            return new Expr.FieldRef(field.scope(), field.object(), List.of(), SystemField.ID, ValueType.Simple.ID);
        }
        // The id of the record referred to is the value of the reference itself.
        List<Expr.Hop> before = new ArrayList<>(field.hops());
        Expr.Hop last = before.removeLast();
        return new Expr.FieldRef(
                field.scope(), field.object(), before, last.lookup(), new ValueType.Reference(last.target()));
    }
}
