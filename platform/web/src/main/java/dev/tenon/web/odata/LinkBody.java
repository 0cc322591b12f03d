package dev.tenon.web.odata;

import dev.tenon.records.LinkChange;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a row says of the records that it links: each by its id, by its address, or by an object with nothing but
 * one of them.
 */
final class LinkBody {

    private static final String ID = "id";

    private LinkBody() {}

    /** The whole set. */
    static List<UUID> set(VisibleObject.Collection collection, List<?> sent) {
        return sent.stream().map(item -> id(collection, item)).toList();
    }

    /** Only what is different. */
    static LinkChange delta(VisibleObject.Collection collection, List<?> sent) {
        List<UUID> added = new ArrayList<>();
        List<UUID> removed = new ArrayList<>();
        sent.forEach(item -> (isRemoved(item) ? removed : added).add(id(collection, item)));
        return new LinkChange(added, removed);
    }

    private static boolean isRemoved(@Nullable Object item) {
        return item instanceof Map<?, ?> members && DeepSave.REMOVED.stream().anyMatch(members::containsKey);
    }

    private static UUID id(VisibleObject.Collection collection, @Nullable Object item) {
        if (item instanceof Map<?, ?> members) {
            boolean named = members.keySet().stream()
                    .map(String::valueOf)
                    .allMatch(name -> name.equals(ID) || name.indexOf('@') >= 0);
            if (!named) {
                throw WebError.MALFORMED_BODY
                        .error()
                        .with(
                                "reason",
                                "\"" + collection.name()
                                        + "\" links records by their ids; change them at their own addresses")
                        .build();
            }
            Object address = Addresses.in(members);
            return address == null ? id(collection, members.get(ID)) : address(collection, address);
        }
        return item instanceof String text && text.indexOf('(') < 0
                ? plain(collection, text)
                : address(collection, item);
    }

    private static UUID plain(VisibleObject.Collection collection, String text) {
        return address(collection, collection.object() + "(" + text.strip() + ")");
    }

    private static UUID address(VisibleObject.Collection collection, @Nullable Object address) {
        return Addresses.require(collection.name(), collection.object(), address);
    }
}
