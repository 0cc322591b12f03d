package dev.tenon.metadata.model;

import java.util.Map;
import java.util.Optional;

/** What a model declares that expressions can name. */
public interface Declared {

    Optional<ObjectType> findObject(String name);

    /** By global name. */
    Map<String, Setting> settings();
}
