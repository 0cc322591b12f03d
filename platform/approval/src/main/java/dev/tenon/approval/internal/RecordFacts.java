package dev.tenon.approval.internal;

import dev.tenon.approval.engine.Env;
import dev.tenon.expression.EvaluationContext;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Setting;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a definition's expressions say about the record under approval, as it is when first asked. Evaluated with the
 * engine's rights: a condition may look at what its approvers may not see. {@code me} is the submitter.
 */
final class RecordFacts implements EvaluationContext {

    private static final String SETTINGS = "settings.";

    private final RecordSession system;
    private final Model model;
    private final String object;
    private final UUID id;
    private final UUID submitter;
    private final Instant now;
    private final Map<String, Optional<Row>> rows = new HashMap<>();

    RecordFacts(RecordSession system, String object, UUID id, UUID submitter, Instant now) {
        this.system = system;
        this.model = system.model();
        this.object = object;
        this.id = id;
        this.submitter = submitter;
        this.now = now;
    }

    /** The record; absent when it was deleted. */
    Optional<Row> record() {
        return row(object, id);
    }

    /** The type of the record; absent where its object has none. */
    Optional<String> recordType() {
        return record().flatMap(row ->
                model.requireObject(object).recordTypeOf(row.values().get(SystemField.RECORD_TYPE)));
    }

    long version() {
        return record().map(Row::version).orElse(0L);
    }

    Env.Condition condition(ExpressionText text) {
        try {
            Expr expr = ExpressionCompiler.compile(text.text(), Scope.of(model, object), ValueType.Simple.BOOLEAN)
                    .orThrow(text.source());
            return Evaluator.holds(expr, this) ? new Env.Condition.Holds() : new Env.Condition.DoesNotHold();
        } catch (PlatformException e) {
            return new Env.Condition.Failed(Incidents.describe(e));
        }
    }

    @Nullable
    Object value(ExpressionText text) {
        return Evaluator.evaluate(
                ExpressionCompiler.compile(text.text(), Scope.of(model, object)).orThrow(text.source()), this);
    }

    /** The value at the end of a path over lookups. */
    @Nullable
    Object path(String path) {
        return Evaluator.evaluate(
                ExpressionCompiler.compile(path, Scope.of(model, object)).orThrow(), this);
    }

    @Override
    public @Nullable Object field(List<Expr.Hop> hops, String field) {
        Optional<Row> at = record();
        for (Expr.Hop hop : hops) {
            at = at.map(row -> row.values().get(hop.lookup()))
                    .filter(UUID.class::isInstance)
                    .flatMap(target -> row(hop.target(), (UUID) target));
        }
        return at.map(row -> row.values().get(field)).orElse(null);
    }

    @Override
    public @Nullable Object variable(String name) {
        return switch (name) {
            case "me" -> submitter;
            case "me.name" -> ofSubmitter("name").orElse(null);
            case "me.locale" -> ofSubmitter("locale").orElse(Locale.ENGLISH.toLanguageTag());
            case Scope.ZONE -> ofSubmitter("zone").filter(RecordFacts::isZone).orElse(ZoneOffset.UTC.getId());
            case "now" -> now;
            case "today" -> LocalDate.ofInstant(now, system.identity().user().zone());
            default -> {
                Setting setting =
                        name.startsWith(SETTINGS) ? model.settings().get(name.substring(SETTINGS.length())) : null;
                yield setting == null ? null : setting.value();
            }
        };
    }

    private Optional<String> ofSubmitter(String field) {
        return row("sys__User", submitter)
                .map(user -> user.values().get(field))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static boolean isZone(String id) {
        try {
            return !ZoneId.of(id).getId().isEmpty();
        } catch (DateTimeException notAZone) {
            return false;
        }
    }

    private Optional<Row> row(String ofObject, UUID rowId) {
        return rows.computeIfAbsent(ofObject + "/" + rowId, k -> system.find(ofObject, rowId, Query.Selection.ALL));
    }
}
