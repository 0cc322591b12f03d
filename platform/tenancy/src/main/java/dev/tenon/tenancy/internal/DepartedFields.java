package dev.tenon.tenancy.internal;

import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.KeptData;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.port.SchemaEvolution;
import dev.tenon.tenancy.port.TenancyStore;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What fields that come to a model were when they left it, if their data is still there: a text that was written as plain
 * text is no markup only because a field of that name and another type comes later.
 */
final class DepartedFields {

    private final TenancyStore store;
    private final SchemaEvolution schema;
    private final LayerShelf shelf;
    private final ModelCheck check;

    DepartedFields(TenancyStore store, SchemaEvolution schema, LayerShelf shelf, ModelCheck check) {
        this.store = store;
        this.schema = schema;
        this.shelf = shelf;
        this.check = check;
    }

    /** By {@code object/field}. */
    Map<String, FieldType> of(String tenant, Model before, Model next) {
        Map<String, FieldType> departed = computed(before, next);
        Set<String> come = come(before, next);
        if (come.isEmpty()) {
            return departed;
        }
        Map<String, Long> left = left(schema.kept(tenant));
        Map<Long, Optional<Model>> models = new HashMap<>();
        for (String name : come) {
            String object = name.substring(0, name.indexOf('/'));
            Long version = left.containsKey(name) ? left.get(name) : left.get(object);
            if (version != null) {
                lastSeen(tenant, name, version, models).ifPresent(type -> departed.put(name, type));
            }
        }
        return departed;
    }

    /** The last results of a formula that its package has given up are plain values, but nobody has entered them. */
    private static Map<String, FieldType> computed(Model before, Model next) {
        Map<String, FieldType> computed = new HashMap<>();
        for (ObjectType object : next.objects().values()) {
            ObjectType had = before.objects().get(object.name());
            if (had == null || had == object) {
                continue;
            }
            object.fields().forEach((name, field) -> {
                Field then = had.fields().get(name);
                String key = object.name() + "/" + name;
                if (then != null
                        && !then.type().equals(field.type())
                        && declaredComputed(before, key)
                        && declaredComputed(next, key)) {
                    computed.put(key, field.type());
                }
            });
        }
        return computed;
    }

    private static boolean declaredComputed(Model model, String field) {
        return model.provenance() instanceof EffectiveElements elements
                && elements.find(ElementTypes.FIELD, field)
                        .map(element -> String.valueOf(element.text("type")))
                        .filter(type -> type.equals("formula") || type.equals("rollUp"))
                        .isPresent();
    }

    private static Set<String> come(Model before, Model next) {
        Set<String> come = new LinkedHashSet<>();
        for (ObjectType object : next.objects().values()) {
            ObjectType had = before.objects().get(object.name());
            if (had != object) {
                object.fields().keySet().stream()
                        .filter(field -> had == null || !had.fields().containsKey(field))
                        .forEach(field -> come.add(object.name() + "/" + field));
            }
        }
        return come;
    }

    /** The first version without each object or field of which data is kept. */
    private static Map<String, Long> left(List<KeptData> kept) {
        Map<String, Long> left = new HashMap<>();
        kept.stream()
                .filter(data -> data.purgedAt().isEmpty() && !data.former())
                .forEach(data -> left.merge(
                        data.field().isEmpty() ? data.object() : data.object() + "/" + data.field(),
                        data.version(),
                        Math::max));
        return left;
    }

    /** A field may have left the model before its object did. */
    private Optional<FieldType> lastSeen(String tenant, String name, long without, Map<Long, Optional<Model>> models) {
        ElementKey key = new ElementKey(ElementTypes.FIELD, name);
        int slash = name.indexOf('/');
        for (long version = without - 1; version > 0; version--) {
            Layering layering = store.layering(tenant, version);
            if (isNamed(layering, key)) {
                Optional<FieldType> found = models.computeIfAbsent(version, v -> model(tenant, v, layering))
                        .flatMap(model -> model.findObject(name.substring(0, slash)))
                        .flatMap(object -> object.findField(name.substring(slash + 1)))
                        .map(field -> field.type());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isNamed(Layering layering, ElementKey key) {
        return layering.enabled().stream()
                .filter(entry -> !entry.content().isEmpty())
                .anyMatch(entry -> shelf.layer(entry.content()).elements().containsKey(key));
    }

    /** One that this program cannot make any more tells nothing. */
    private Optional<Model> model(String tenant, long version, Layering layering) {
        try {
            return Optional.of(check.model(tenant, version, layering));
        } catch (PlatformException unknown) {
            return Optional.empty();
        }
    }
}
