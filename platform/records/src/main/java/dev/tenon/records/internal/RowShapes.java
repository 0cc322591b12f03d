package dev.tenon.records.internal;

import dev.tenon.access.Identity;
import dev.tenon.records.Query;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shapes of one model that requests ask for again and again. As in the kernel, rights depend on permission sets alone,
 * so people with the same ones share. What a caller computes, or asks of collections, holds values of one request: such
 * shapes are not kept. Safe for use by several threads.
 */
final class RowShapes {

    /** A model's forms, lists and programs ask for a few dozen; a flood of made-up ones must not fill the memory. */
    private static final int MOST = 200;

    private final Map<Key, RowShape> known = new ConcurrentHashMap<>();

    private record Key(Identity.Kind kind, Set<String> permissionSets, String object, Query.Selection selection) {}

    RowShape of(Viewpoint viewpoint, Masking masking, String object, Query.Selection selection) {
        if (!repeats(selection)) {
            return new RowShape(viewpoint, masking, object, selection);
        }
        Identity identity = viewpoint.identity();
        Key key = new Key(identity.kind(), identity.permissionSets(), object, selection);
        RowShape shape = known.get(key);
        if (shape == null) {
            if (known.size() >= MOST) {
                known.clear();
            }
            shape = new RowShape(viewpoint, masking, object, selection);
            known.put(key, shape);
        }
        return shape;
    }

    private static boolean repeats(Query.Selection selection) {
        return selection.children().isEmpty()
                && selection.computed().isEmpty()
                && selection.parents().values().stream().allMatch(RowShapes::repeats);
    }
}
