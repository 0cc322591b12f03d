package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.expression.Function;
import dev.tenon.expression.Operations;
import dev.tenon.metadata.model.Field;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.web.model.VisibleObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record that an address names by a unique field, {@code shop__Customer(email='chen@example.com')}.
 *
 * @param condition that the record fulfils
 * @param value of the field
 * @param rest of the address
 */
record AlternateKey(
        VisibleObject object,
        Field field,
        Expr condition,
        @Nullable Object value,
        String rest) {

    private static final Pattern ADDRESS =
            Pattern.compile("/(\\w+)\\((\\w+)=('(?:[^']|'')*'|[^'(),/]+)\\)(/.*)?", Pattern.DOTALL);

    /** Empty for any other address. */
    static Optional<AlternateKey> of(RecordSession session, Service service, ODataRequest request) {
        String path = request.path();
        if (path.indexOf('=') < 0 && !path.contains("%3D")) {
            return Optional.empty();
        }
        Matcher address = ADDRESS.matcher(ODataRequest.decode(path.replace("+", "%2B")));
        VisibleObject object = address.matches() ? service.visible().objects().get(address.group(1)) : null;
        Field field = object == null
                ? null
                : object.fieldOf(address.group(2)).filter(Field::unique).orElse(null);
        if (object == null || field == null) {
            return Optional.empty();
        }
        // By the grammar of a filter, which knows the type of the property.
        String filter = address.group(2) + " eq " + address.group(3);
        var parsed = service.parse("/" + object.name(), "$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
        Expr condition = Conditions.condition(
                parsed.getFilterOption().getExpression(), new Paths(service.visible(), object.name(), session::scope));
        // Anything but one value would be another question than which record has it.
        Object value = condition instanceof Expr.Binary equal
                        && equal.operator() == Expr.BinaryOperator.EQUAL
                        && equal.left() instanceof Expr.FieldRef
                ? literal(equal.right())
                : null;
        if (value == null) {
            return Optional.empty();
        }
        String rest = address.group(4) == null ? "" : address.group(4);
        return Optional.of(new AlternateKey(object, field, condition, value, rest));
    }

    private static @Nullable Object literal(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value();
            case Expr.Convert convert -> literal(convert.operand());
            default -> null;
        };
    }

    /** The record that has the value, of those that the caller sees. */
    Optional<UUID> find(RecordSession session) {
        Optional<UUID> exactly = find(session, condition);
        return exactly.isEmpty() && field.index().ignoreCase() && value instanceof String text
                ? find(session, folded(session, text))
                : exactly;
    }

    /** As the unique index compares. */
    private Expr folded(RecordSession session, String text) {
        ExprBuilder builder = new ExprBuilder(session.scope(object.name()));
        Expr here = builder.call(Function.FOLD, List.of(builder.field(field.name())));
        return builder.binary(Expr.BinaryOperator.EQUAL, here, builder.literal(Operations.fold(text)));
    }

    private Optional<UUID> find(RecordSession session, Expr which) {
        Query query = new Query(
                object.name(),
                new Query.Selection(List.of(field.name()), Map.of(), Map.of()),
                Optional.of(which),
                List.of(),
                1,
                0,
                false);
        return session.query(query).rows().stream().findFirst().map(row -> row.id());
    }
}
