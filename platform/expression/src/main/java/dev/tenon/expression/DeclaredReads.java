package dev.tenon.expression;

import dev.tenon.metadata.model.Declared;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Setting;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A model that notes what the compilation of expressions asks of it, so that what came of it can be taken for another model that
 * would answer the same. Used by one thread.
 */
public final class DeclaredReads implements Declared {

    private final Declared model;
    private final Map<String, Optional<ObjectType>> objects = new HashMap<>();
    private Optional<Map<String, Setting>> settings = Optional.empty();

    public DeclaredReads(Declared model) {
        this.model = model;
    }

    @Override
    public Optional<ObjectType> findObject(String name) {
        return objects.computeIfAbsent(name, model::findObject);
    }

    @Override
    public Map<String, Setting> settings() {
        settings = Optional.of(model.settings());
        return model.settings();
    }

    /** What was asked so far, with the answers. */
    public Answers answers() {
        return new Answers(objects, settings);
    }

    /** The answers of a model; they keep nothing of it but what was asked for. */
    public record Answers(Map<String, Optional<ObjectType>> objects, Optional<Map<String, Setting>> settings) {

        public Answers {
            objects = Map.copyOf(objects);
        }

        /** Whether the other model gives the same ones. */
        public boolean sameIn(Declared other) {
            return objects.entrySet().stream()
                            .allMatch(asked -> same(asked.getValue(), other.findObject(asked.getKey())))
                    && settings.filter(then -> !then.equals(other.settings())).isEmpty();
        }

        private static boolean same(Optional<ObjectType> then, Optional<ObjectType> now) {
            return then.isPresent() ? now.isPresent() && then.get() == now.get() : now.isEmpty();
        }
    }
}
