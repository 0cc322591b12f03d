package dev.tenon.metadata.internal;

import dev.tenon.metadata.PropertyType;
import dev.tenon.metadata.model.Provenance.Contribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list in force after several layers replaced or edited it. */
final class ListMerge {

    private ListMerge() {}

    /** Whether the value edits the lower list instead of replacing it. */
    static boolean isEdit(@Nullable Object value) {
        return value instanceof Map<?, ?>;
    }

    static @Nullable Object merge(PropertyType type, List<Contribution> chain) {
        List<Object> list = new ArrayList<>();
        boolean set = false;
        for (Contribution contribution : chain) {
            switch (contribution.value()) {
                case List<?> replacement -> {
                    list = new ArrayList<>(replacement);
                    set = true;
                }
                case Map<?, ?> edit -> {
                    edit(list, edit, type.itemName().orElse("value"));
                    set = true;
                }
                case null, default -> {
                    list.clear();
                    set = false;
                }
            }
        }
        return set ? List.copyOf(list) : null;
    }

    private static void edit(List<Object> list, Map<?, ?> edit, String itemName) {
        if (edit.get("remove") instanceof List<?> removed) {
            // A lower layer may have taken it out in the meantime; then there is nothing left to do.
            list.removeAll(removed);
        }
        if (edit.get("add") instanceof List<?> added) {
            for (Object entry : added) {
                @Nullable Object item = entry instanceof Map<?, ?> map ? map.get(itemName) : entry;
                if (item == null) {
                    continue;
                }
                list.remove(item);
                list.add(position(list, entry), item);
            }
        }
    }

    private static int position(List<Object> list, Object entry) {
        if (entry instanceof Map<?, ?> map) {
            if (Boolean.TRUE.equals(map.get("first"))) {
                return 0;
            }
            int after = list.indexOf(map.get("after"));
            if (after >= 0) {
                return after + 1;
            }
        }
        return list.size();
    }

    /** Names that an edit or a list mentions as entries. */
    static List<String> mentioned(PropertyType type, @Nullable Object value) {
        List<String> names = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> names.add(String.valueOf(item)));
        } else if (value instanceof Map<?, ?> edit && edit.get("add") instanceof List<?> added) {
            for (Object entry : added) {
                if (entry instanceof Map<?, ?> map) {
                    names.add(String.valueOf(map.get(type.itemName().orElse("value"))));
                    if (map.get("after") instanceof String after) {
                        names.add(after);
                    }
                } else {
                    names.add(String.valueOf(entry));
                }
            }
        }
        return names;
    }
}
