package dev.tenon.records.internal;

import dev.tenon.access.Identity;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprDependencies;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Setting;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.ComputedFields.Place;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.port.QueryPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/** Finds computed fields whose stored values are of an older model, and computes them page by page. */
public final class Recomputation {

    private final Ports ports;
    private final CheckedModel compiled;
    private final Identity identity;
    private long done;

    public Recomputation(Ports ports, CheckedModel compiled, Identity identity) {
        this.ports = ports;
        this.compiled = compiled;
        this.identity = identity;
    }

    /** Objects with a computed field that the model before did not have or computed in another way. */
    public static Set<String> outdated(CheckedModel compiled, Optional<Model> before) {
        Set<String> objects = new TreeSet<>();
        for (ObjectType object : compiled.model().objects().values()) {
            for (Field field : object.fields().values()) {
                if (References.computed(field) && field.stored() && !sameAsBefore(compiled, object, field, before)) {
                    objects.add(object.name());
                }
            }
        }
        return objects;
    }

    public long run(Optional<Model> before, Optional<Place> from, Consumer<Place> progress) {
        long changed = 0;
        done = 0;
        for (String object : outdated(compiled, before)) {
            int order = from.map(place -> object.compareTo(place.object())).orElse(1);
            if (order >= 0) {
                changed += all(object, order == 0 ? from.map(Place::last) : Optional.empty(), progress);
            }
        }
        return changed;
    }

    private long all(String object, Optional<UUID> from, Consumer<Place> progress) {
        long changed = 0;
        Optional<UUID> last = from;
        while (true) {
            Viewpoint viewpoint = new Viewpoint(
                    compiled,
                    identity,
                    ports.clock().instant(),
                    ports.sealed(identity.tenant(), HistoryEntry.Channel.SYSTEM));
            List<UUID> page = page(viewpoint, object, last);
            if (page.isEmpty()) {
                return changed;
            }
            changed += Conflicts.retrying(() -> ports.store().givingWay(identity.tenant(), () -> {
                SaveContext context = SaveContext.outermost(ports, viewpoint, HistoryEntry.Channel.SYSTEM);
                return new Propagation(context, Set.of()).recompute(object, page);
            }));
            done += page.size();
            last = Optional.of(page.getLast());
            progress.accept(new Place(object, page.getLast(), done));
        }
    }

    private List<UUID> page(Viewpoint viewpoint, String object, Optional<UUID> last) {
        Expr id = new Expr.FieldRef(0, object, List.of(), SystemField.ID, ValueType.Simple.ID);
        Expr behind = last.<Expr>map(known -> new Expr.Binary(
                        Expr.BinaryOperator.GREATER,
                        id,
                        new Expr.Literal(known, ValueType.Simple.ID),
                        ValueType.Simple.BOOLEAN))
                .orElse(Expr.TRUE);
        QueryPlan plan = PlanParts.plan(
                viewpoint, object, List.of(), behind, List.of(), Limits.COMPUTED, 0, Optional.empty(), false);
        return ports.store().query(viewpoint.model(), plan).rows().stream()
                .map(row -> row.get(SystemField.ID))
                .filter(UUID.class::isInstance)
                .map(UUID.class::cast)
                .toList();
    }

    private static boolean sameAsBefore(CheckedModel compiled, ObjectType object, Field field, Optional<Model> before) {
        Optional<Field> old = before.flatMap(m -> m.findObject(object.name())).flatMap(o -> o.findField(field.name()));
        return old.isPresent()
                && sameComputation(field.type(), old.get().type())
                && sameSettings(compiled, object, field.type(), before.orElseThrow());
    }

    /** Compares texts, not the places where they stand: a moved line computes the same. */
    private static boolean sameComputation(FieldType now, FieldType then) {
        return switch (now) {
            case FieldType.Formula formula ->
                then instanceof FieldType.Formula old
                        && formula.result().equals(old.result())
                        && formula.expression().text().equals(old.expression().text());
            case FieldType.RollUp rollUp ->
                then instanceof FieldType.RollUp old
                        && rollUp.object().equals(old.object())
                        && rollUp.via().equals(old.via())
                        && rollUp.function() == old.function()
                        && rollUp.field().equals(old.field())
                        && rollUp.filter()
                                .map(ExpressionText::text)
                                .equals(old.filter().map(ExpressionText::text));
            default -> true;
        };
    }

    private static boolean sameSettings(CheckedModel compiled, ObjectType object, FieldType type, Model before) {
        Optional<Expr> expression = switch (type) {
            case FieldType.Formula formula -> Optional.of(compiled.expression(object.name(), formula.expression()));
            case FieldType.RollUp rollUp -> rollUp.filter().map(filter -> compiled.expression(rollUp.object(), filter));
            default -> Optional.empty();
        };
        return expression.stream()
                .flatMap(e -> ExprDependencies.of(e).variables().stream())
                .filter(name -> name.startsWith("settings."))
                .map(name -> name.substring("settings.".length()))
                .allMatch(name -> Objects.equals(value(compiled.model(), name), value(before, name)));
    }

    private static Optional<Object> value(Model model, String setting) {
        Map<String, Setting> settings = model.settings();
        return Optional.ofNullable(settings.get(setting)).map(Setting::value);
    }
}
