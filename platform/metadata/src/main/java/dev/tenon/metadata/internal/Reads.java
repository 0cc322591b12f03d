package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.model.ElementKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked of effective elements and what he was told, so that it can be known of others whether he would be told the
 * same. It is noted where the elements are asked, so no check can forget to say what it looks at.
 */
public final class Reads {

    /** By root: the tree that was read, or only whether there is one. */
    private final Map<ElementKey, Object> trees = new HashMap<>();

    private final Map<String, List<EffectiveElement>> links = new HashMap<>();
    private boolean all;

    /** Something in a tree was read, or looked for in one that is not there. */
    public void tree(ElementKey root, @Nullable ElementTree found) {
        trees.put(root, found == null ? Boolean.FALSE : found);
    }

    /** It was asked whether there is such a tree. */
    public void presence(ElementKey root, boolean present) {
        trees.putIfAbsent(root, present);
    }

    /** It was asked which fields link an object. */
    public void links(String object, List<EffectiveElement> found) {
        links.put(object, found);
    }

    /** All elements of a kind were asked for: any change may change the answer. */
    public void all() {
        all = true;
    }

    boolean sameIn(EffectiveElements elements) {
        return !all
                && trees.entrySet().stream().allMatch(read -> same(elements.tree(read.getKey()), read.getValue()))
                && links.entrySet().stream()
                        .allMatch(read -> elements.linksTo(read.getKey()).equals(read.getValue()));
    }

    private static boolean same(@Nullable ElementTree now, Object then) {
        return then instanceof Boolean present ? present == (now != null) : then == now;
    }
}
