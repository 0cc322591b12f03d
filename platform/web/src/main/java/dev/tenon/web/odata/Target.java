package dev.tenon.web.odata;

import dev.tenon.records.RecordsError;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.olingo.server.api.uri.UriInfo;
import org.apache.olingo.server.api.uri.UriParameter;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceAction;
import org.apache.olingo.server.api.uri.UriResourceCount;
import org.apache.olingo.server.api.uri.UriResourceEntitySet;
import org.apache.olingo.server.api.uri.UriResourceFunction;
import org.apache.olingo.server.api.uri.UriResourceNavigation;
import org.apache.olingo.server.api.uri.UriResourcePrimitiveProperty;
import org.apache.olingo.server.api.uri.UriResourceRef;
import org.apache.olingo.server.api.uri.UriResourceSingleton;

/** What an address points at. */
sealed interface Target {

    record ServiceDocument() implements Target {}

    record MetadataDocument() implements Target {}

    record All(String object) implements Target {}

    record Count(String object) implements Target {}

    record One(String object, UUID id) implements Target {}

    /** The records of a record's collection, or their number. */
    record Members(String object, UUID id, String collection, boolean count) implements Target {}

    /** The record that a record refers to. */
    record Referred(String object, UUID id, String way) implements Target {}

    /**
     * The addresses of what a way leads to.
     *
     * @param collection whether it leads to any number of records
     * @param member one record of the collection; absent: all of them
     */
    record ReferenceOf(String object, UUID id, String way, boolean collection, Optional<UUID> member)
            implements Target {}

    /** One value of a record. */
    record Property(String object, UUID id, String name) implements Target {}

    record Run(String object, UUID id, String action) implements Target {}

    /** A function of a record, with what it is told. */
    record Call(String object, UUID id, String function, UriResourceFunction called) implements Target {}

    /** The caller's own record. */
    record Me() implements Target {}

    record Tenant() implements Target {}

    record Batch() implements Target {}

    static Target of(UriInfo uri) {
        return switch (uri.getKind()) {
            case service -> new ServiceDocument();
            case metadata -> new MetadataDocument();
            case resource -> resource(uri.asUriInfoResource().getUriResourceParts());
            case batch -> new Batch();
            case all, crossjoin, entityId ->
                throw QueryTranslation.unsupported("$" + uri.getKind().name());
        };
    }

    private static Target resource(List<UriResource> parts) {
        if (parts.size() == 1 && parts.getFirst() instanceof UriResourceSingleton singleton) {
            return singleton.getSingleton().getName().equals(ModelEdm.ME) ? new Me() : new Tenant();
        }
        if (!(parts.getFirst() instanceof UriResourceEntitySet set)) {
            throw QueryTranslation.unsupported(parts.getFirst().getSegmentValue());
        }
        String object = set.getEntitySet().getName();
        boolean one = !set.getKeyPredicates().isEmpty();
        if (parts.size() == 1) {
            return one ? new One(object, key(object, set)) : new All(object);
        }
        UriResource second = parts.get(1);
        if (parts.size() == 2 && !one && second instanceof UriResourceCount) {
            return new Count(object);
        }
        if (parts.size() == 2 && one && second instanceof UriResourceAction action) {
            return new Run(object, key(object, set), action.getAction().getName());
        }
        if (one
                && parts.size() == 3
                && second instanceof UriResourceNavigation way
                && parts.get(2) instanceof UriResourceRef) {
            String name = way.getProperty().getName();
            boolean many = way.getProperty().isCollection();
            return new ReferenceOf(
                    object,
                    key(object, set),
                    name,
                    many,
                    way.getKeyPredicates().stream().findFirst().map(key -> key(name, key)));
        }
        if (parts.size() == 2 && one && second instanceof UriResourceFunction called) {
            return new Call(object, key(object, set), called.getFunction().getName(), called);
        }
        boolean counted = parts.size() == 3 && parts.get(2) instanceof UriResourceCount;
        if (one
                && second instanceof UriResourceNavigation way
                && way.getKeyPredicates().isEmpty()) {
            String name = way.getProperty().getName();
            if (way.isCollection() && (parts.size() == 2 || counted)) {
                return new Members(object, key(object, set), name, counted);
            }
            if (!way.isCollection() && parts.size() == 2) {
                return new Referred(object, key(object, set), name);
            }
        }
        if (one && parts.size() == 2 && second instanceof UriResourcePrimitiveProperty property) {
            return new Property(object, key(object, set), property.getProperty().getName());
        }
        throw QueryTranslation.unsupported(second.getSegmentValue() + " behind " + object + "; use $expand or $filter");
    }

    private static UUID key(String object, UriResourceEntitySet set) {
        return key(object, set.getKeyPredicates().getFirst());
    }

    private static UUID key(String object, UriParameter key) {
        try {
            return UUID.fromString(key.getText());
        } catch (IllegalArgumentException notAnId) {
            throw RecordsError.NOT_FOUND
                    .error()
                    .with("object", object)
                    .with("id", key.getText())
                    .causedBy(notAnId)
                    .build();
        }
    }
}
