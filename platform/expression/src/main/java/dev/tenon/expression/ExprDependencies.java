package dev.tenon.expression;

import dev.tenon.metadata.model.SystemField;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an expression reads.
 *
 * @param fields every field, the lookups on the way and those inside of {@link Expr.Exists} and {@link Expr.Related}
 *     included
 * @param paths lookup paths from the record at hand, names joined by dots, each with all its beginnings:
 *     {@code application.position.name} uses {@code application} and {@code application.position}
 * @param variables names of variables: {@code me}, {@code now}, {@code settings.<name>} …
 */
public record ExprDependencies(Set<FieldUse> fields, Set<Path> paths, Set<String> variables) {

    public ExprDependencies {
        fields = Collections.unmodifiableSet(new LinkedHashSet<>(fields));
        paths = Collections.unmodifiableSet(new LinkedHashSet<>(paths));
        variables = Collections.unmodifiableSet(new LinkedHashSet<>(variables));
    }

    /** A field of an object. */
    public record FieldUse(String object, String field) {}

    /**
     * A lookup path.
     *
     * @param text names joined by dots
     * @param hops its steps
     */
    public record Path(String text, List<Expr.Hop> hops) {
        public Path {
            hops = List.copyOf(hops);
        }
    }

    /** Looks through the whole expression. */
    public static ExprDependencies of(Expr expr) {
        Collector collector = new Collector();
        collector.look(expr, 0);
        return new ExprDependencies(collector.fields, collector.paths, collector.variables);
    }

    /** Whether the value depends on who asks or when, and not only on records and settings. */
    public boolean dependsOnTheMoment() {
        return variables.stream().anyMatch(Scope.STANDARD_VARIABLES::containsKey);
    }

    private static final class Collector {
        private final Set<FieldUse> fields = new LinkedHashSet<>();
        private final Set<Path> paths = new LinkedHashSet<>();
        private final Set<String> variables = new LinkedHashSet<>();

        private void look(Expr expr, int depth) {
            switch (expr) {
                case Expr.Literal literal -> {}
                case Expr.FieldRef field -> field(field, depth);
                case Expr.Variable variable -> variables.add(variable.name());
                case Expr.Unary unary -> look(unary.operand(), depth);
                case Expr.Binary binary -> {
                    look(binary.left(), depth);
                    look(binary.right(), depth);
                }
                case Expr.IsNull test -> look(test.operand(), depth);
                case Expr.In in -> {
                    look(in.value(), depth);
                    in.list().forEach(e -> look(e, depth));
                }
                case Expr.Conditional conditional -> {
                    look(conditional.condition(), depth);
                    look(conditional.then(), depth);
                    look(conditional.otherwise(), depth);
                }
                case Expr.Call call -> call.arguments().forEach(e -> look(e, depth));
                case Expr.Convert convert -> look(convert.operand(), depth);
                case Expr.Exists exists -> look(exists.condition(), depth + 1);
                case Expr.Count count -> look(count.condition(), depth + 1);
                case Expr.Related related -> {
                    fields.add(new FieldUse(related.object(), related.field()));
                    look(related.condition(), depth + 1);
                }
            }
        }

        private void field(Expr.FieldRef field, int depth) {
            String owner = field.object();
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < field.hops().size(); i++) {
                Expr.Hop hop = field.hops().get(i);
                fields.add(new FieldUse(owner, hop.lookup()));
                owner = hop.target();
                path.append(i == 0 ? "" : ".").append(hop.lookup());
                if (field.scope() == depth) {
                    paths.add(new Path(path.toString(), field.hops().subList(0, i + 1)));
                }
            }
            if (!field.field().equals(SystemField.ID)) {
                fields.add(new FieldUse(owner, field.field()));
            }
        }
    }
}
